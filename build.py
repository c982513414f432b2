"""The site's own settings, and its front door: `python build.py COMMAND`."""

from pivotgen import Call, Config, Link, Party, main

config = Config(
    name="AICareerPivot",
    base_url="https://aicareerpivot.com",
    organisation=Party("AICareerPivot", "https://aicareerpivot.com"),
    editor=Party("The AICareerPivot editors", "https://aicareerpivot.com/about/"),
    call=Call(
        heading="Is this pivot realistic for you?",
        text="Put eight questions to your own working life before you move toward {to}. Half an "
        "hour, a sheet of paper, and you know which gap to close first.",
        label="Take the paper test",
        url="/assessment/",
    ),
    calls={
        "fr": Call(
            heading="Ce passage est-il réaliste pour vous\u00a0?",
            text="Posez huit questions à votre propre vie de travail avant de viser ce "
            "métier\u00a0: {to}. Une demi-heure, une feuille de papier, et vous savez quel manque "
            "combler en premier.",
            label="Faire le test sur papier",
        ),
        "ar": Call(
            heading="هل هذا الانتقال واقعي لك؟",
            text="اطرح ثمانية أسئلة على حياتك العملية قبل أن تتجه إلى هذه المهنة: {to}. نصف "
            "ساعة وورقة، ثم تعرف أي ثغرة تسدّها أولًا.",
            label="ابدأ الاختبار على ورقة",
        ),
    },
    image="/share.png",
    languages=("fr", "ar"),
    labels={
        "fr": {
            "/roles/": "Métiers",
            "/skills/": "Compétences",
            "/about/": "Notre méthode",
            "/privacy/": "Vie privée",
            "https://aicareerpivot.com/about/": "la rédaction d’AICareerPivot",
        },
        "ar": {
            "/roles/": "المهن",
            "/skills/": "المهارات",
            "/about/": "كيف نكتب",
            "/privacy/": "الخصوصية",
            "https://aicareerpivot.com/about/": "هيئة تحرير AICareerPivot",
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
