"""The site's own settings, and its front door: `python build.py COMMAND`."""

from pivotgen import Call, Config, Link, Party, main

config = Config(
    name="AICareerPivot",
    base_url="https://aicareerpivot.com",
    organisation=Party("AICareerPivot", "https://aicareerpivot.com"),
    editor=Party("The AICareerPivot editors", "https://aicareerpivot.com/about/"),
    call=Call(
        heading="Is this pivot realistic for you?",
        text="Run your actual background through it. AICareerPivot maps your transferable "
        "skills to {to}, flags the real gaps, and builds a week-by-week plan.",
        label="Start your free assessment",
        url="https://aicareerpivot.com",
    ),
    image="/share.png",
    languages=("fr", "ar"),
    labels={
        "fr": {
            "/roles/": "Métiers",
            "/skills/": "Compétences",
            "/about/": "Notre méthode",
            "/privacy/": "Vie privée",
        },
        "ar": {
            "/roles/": "المهن",
            "/skills/": "المهارات",
            "/about/": "كيف نكتب",
            "/privacy/": "الخصوصية",
        },
    },
    qr_codes=True,
    navigation=(
        Link("Roles", "/roles/"),
        Link("Skills", "/skills/"),
        Link("How we write", "/about/"),
    ),
    footer=(Link("About us", "/about/"), Link("Privacy", "/privacy/")),
)

if __name__ == "__main__":
    main(config)
