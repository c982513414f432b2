"""The settings of generated sites."""

from pivotgen import Call, Config, Party, main

config = Config(
    name="AICareerPivot",
    base_url="https://aicareerpivot.com",
    organisation=Party("AICareerPivot", "https://aicareerpivot.com"),
    editor=Party("The AICareerPivot editors", "https://aicareerpivot.com"),
    call=Call(
        heading="Is this pivot realistic for you?",
        text="Run your actual background through it. AICareerPivot maps your transferable "
        "skills to {to}, flags the real gaps, and builds a week-by-week plan.",
        label="Start your free assessment",
        url="https://aicareerpivot.com",
    ),
)

if __name__ == "__main__":
    main(config)
