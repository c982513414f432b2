# Runs on a server: does what the other end of ssh asks for, one request after another.
# $1 is the folder. Each request is a word, its lines and, for some, bytes; each has one answer.
# Requests for many files start a few programs for all of them.
umask 022
mkdir -p "$1/public" "$1/.pivotgen/waiting" "$1/.pivotgen/blobs" "$1/.pivotgen/state" && cd "$1" ||
    exit 1
aside=.pivotgen/waiting/$$
last_state() {
    last=0
    for file in .pivotgen/state/*; do
        each=${file##*/}
        case $each in *[!0-9]* | "") ;; *) [ "$each" -gt "$last" ] && last=$each ;; esac
    done
}
# Takes the files of an archive; their times are those of this machine.
unpack() { tar -x -m -f - --no-same-owner --no-same-permissions; }
# Moves pairs of names. Where both are the same file, there is nothing to do, and mv would fail.
move='while [ $# -gt 0 ]; do
    [ "$1" -ef "$2" ] || mv -fT -- "$1" "$2" || exit 1
    shift 2
done'
echo ready
while IFS= read -r request; do
    case $request in
    put)
        IFS= read -r place; IFS= read -r size
        if head -c "$size" >"$aside" && mkdir -p "${place%/*}" && mv -fT "$aside" "$place"
        then echo ok; else rm -f "$aside"; echo failed; fi ;;
    blobs)
        # The archive has the files in a folder of their own, so that each appears whole.
        IFS= read -r folder; IFS= read -r size
        if head -c "$size" | unpack && find "$folder" -type f -exec mv -f -t .pivotgen/blobs {} +
        then done=ok; else done=failed; fi
        rm -rf "$folder"
        echo $done ;;
    copies)
        # The archive has second names of blobs, in a folder of their own; then come the folders
        # that are needed, and each name with its place. A move replaces what is there at once.
        IFS= read -r folder; IFS= read -r size; IFS= read -r folders; IFS= read -r names
        if head -c "$size" | unpack && head -c "$folders" | xargs -0 mkdir -p -- &&
            head -c "$names" | xargs -0 -n 200 sh -c "$move" sh
        then done=ok; else done=failed; fi
        rm -rf "$folder"
        echo $done ;;
    delete)
        # Files, and the folders above them, which go when they are empty.
        IFS= read -r files; IFS= read -r folders
        if head -c "$files" | xargs -0 rm -f --
        then done=ok; else done=failed; fi
        head -c "$folders" | xargs -0 rmdir -- 2>/dev/null
        echo $done ;;
    get)
        IFS= read -r place
        if [ -f "$place" ]
        then echo "$(wc -c <"$place") $(stat -c %Y "$place") 0"; cat "$place"; else echo -; fi ;;
    state)
        last_state
        place=.pivotgen/state/$last
        if [ -f "$place" ]
        then echo "$(wc -c <"$place") $(stat -c %Y "$place") $last"; cat "$place"; else echo -; fi ;;
    swap)
        IFS= read -r number; IFS= read -r size
        head -c "$size" >"$aside" || exit 1
        last_state
        if [ "$last" -ge "$number" ]; then echo changed
        elif ! ln "$aside" ".pivotgen/state/$number" 2>/dev/null; then echo changed
        else
            # Another one may have come and gone since the look.
            last_state
            if [ "$last" -ne "$number" ]; then rm -f ".pivotgen/state/$number"; echo changed
            else
                for file in .pivotgen/state/*; do
                    [ "${file##*/}" -lt "$number" ] && rm -f "$file"
                done
                echo ok
            fi
        fi
        rm -f "$aside" ;;
    list)
        find public .pivotgen \( -type f -o -type l \) -printf '%s %p\n'
        echo . ;;
    now) date +%s ;;
    esac
done
