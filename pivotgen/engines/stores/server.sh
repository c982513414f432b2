# Runs on a server: does what the other end of ssh asks for, one request after another.
# $1 is the folder. Each request is a word, its lines and, for some, bytes; each has one answer.
umask 022
mkdir -p "$1/public" "$1/.pivotgen/waiting" "$1/.pivotgen/state" && cd "$1" || exit 1
aside=.pivotgen/waiting/$$
last_state() {
    last=0
    for file in .pivotgen/state/*; do
        each=${file##*/}
        case $each in *[!0-9]* | "") ;; *) [ "$each" -gt "$last" ] && last=$each ;; esac
    done
}
folder_of() { [ -d "${1%/*}" ] || mkdir -p "${1%/*}"; }
echo ready
while IFS= read -r request; do
    # It may be a second name of a file that readers see.
    rm -f "$aside"
    case $request in
    put)
        IFS= read -r place; IFS= read -r size
        if head -c "$size" >"$aside" && folder_of "$place" && mv -fT "$aside" "$place"
        then echo ok; else echo failed; fi ;;
    copy)
        IFS= read -r source; IFS= read -r place
        if ln -f "$source" "$aside" && folder_of "$place" && mv -fT "$aside" "$place"
        then echo ok; else echo failed; fi ;;
    delete)
        IFS= read -r place
        if rm -f "$place"
        then rmdir -p "${place%/*}" 2>/dev/null; echo ok; else echo failed; fi ;;
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
