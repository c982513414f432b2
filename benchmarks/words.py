"""The words that generated pivots are made of.

Sentences are patterns with gaps, so that a corpus of any size has the length, the word lengths and
the punctuation of written English without repeating one text. No two names differ by one letter
only, because pivotgen would take the rarer for a slip of the pen.
"""

from __future__ import annotations

# A role is one of these fields and one of these posts: "Harbour Planner".
FIELDS = (
    "Archive", "Aviation", "Bakery", "Bridge", "Broadcast", "Ceramics", "Cinema", "Claims",
    "Clinic", "Community", "Credit", "Dairy", "Drainage", "Ecology", "Exhibition", "Fashion",
    "Ferry", "Fisheries", "Forestry", "Freight", "Furniture", "Genetics", "Harbour", "Heritage",
    "Horticulture", "Hospital", "Hotel", "Housing", "Imaging", "Insurance", "Irrigation",
    "Jewellery", "Kitchen", "Laboratory", "Landscape", "Library", "Lighting", "Livestock",
    "Machinery", "Membership", "Mining", "Museum", "Network", "Nutrition", "Orchard",
    "Packaging", "Payroll", "Pharmacy", "Plumbing", "Pottery", "Printing", "Procurement",
    "Radio", "Railway", "Recycling", "Restaurant", "Robotics", "Satellite", "Shipyard",
    "Textile", "Theatre", "Tourism", "Vineyard", "Warehouse",
)  # fmt: skip
POSTS = (
    "Accountant", "Adviser", "Analyst", "Apprentice", "Architect", "Assessor", "Buyer",
    "Coordinator", "Curator", "Designer", "Developer", "Director", "Dispatcher", "Editor",
    "Engineer", "Estimator", "Fitter", "Foreman", "Inspector", "Instructor", "Interpreter",
    "Investigator", "Lawyer", "Lecturer", "Manager", "Mechanic", "Negotiator", "Nurse",
    "Officer", "Operator", "Organiser", "Photographer", "Planner", "Producer", "Programmer",
    "Purchaser", "Receptionist", "Researcher", "Scheduler", "Scientist", "Specialist",
    "Statistician", "Strategist", "Supervisor", "Surveyor", "Technician", "Translator",
    "Writer",
)  # fmt: skip

# A skill is one of these and one of those: "Patient negotiation".
MANNERS = (
    "Accurate", "Careful", "Clear", "Commercial", "Critical", "Daily", "Ethical", "Financial",
    "Hands-on", "International", "Legal", "Manual", "Operational", "Patient", "Practical",
    "Public", "Quantitative", "Regional", "Remote", "Scientific", "Seasonal", "Strategic",
    "Technical", "Visual", "Wordless", "Written",
)  # fmt: skip
CRAFTS = (
    "analysis", "arbitration", "bookkeeping", "budgeting", "coaching", "contracting", "diagnosis",
    "documentation", "drafting", "estimating", "experimentation", "facilitation", "forecasting",
    "fundraising", "hiring", "inspection", "interviewing", "mapping", "measurement", "mentoring",
    "modelling", "negotiation", "observation", "planning", "presentation", "prioritising",
    "procurement", "programming", "prototyping", "recordkeeping", "reporting", "research",
    "scheduling", "simulation", "storytelling", "supervision", "teaching", "troubleshooting",
    "translation", "writing",
)  # fmt: skip

# What fills the gaps of a pattern.
WORDS = {
    "person": (
        "a hiring manager", "your first employer", "an old colleague", "a senior planner",
        "the budget holder", "a supplier", "the night shift", "a cautious director", "your mentor",
        "the regional office", "a customer", "an auditor", "the works council", "a new recruit",
        "the person across the table", "a friendly recruiter", "your present team", "a regulator",
        "somebody from operations", "the founder", "an outside examiner", "the head of service",
    ),
    "thing": (
        "a handover sheet", "the maintenance log", "a budget line", "the booking system",
        "a risk register", "the weekly roster", "an incident report", "the price list",
        "a site visit", "the training plan", "a supplier contract", "the quarterly forecast",
        "a complaint that nobody owns", "the safety briefing", "an unfinished specification",
        "the stock count", "a difficult interview", "the tender file", "a spreadsheet with a past",
        "the customer survey", "a half-written policy", "the floor plan", "a delivery window",
        "the annual review", "a funding bid", "the fault history",
    ),
    "does": (
        "explains", "checks", "rewrites", "defends", "repairs", "prepares", "questions", "measures",
        "summarises", "rehearses", "negotiates", "documents", "simplifies", "postpones", "rescues",
        "audits", "shortens", "compares", "delegates", "presents",
    ),
    "trait": (
        "patience", "arithmetic", "candour", "stamina", "judgement", "curiosity", "precision",
        "tact", "scepticism", "memory for detail", "nerve", "good timing", "plain speech",
        "discipline", "a steady hand", "local knowledge", "a feel for risk", "clear notes",
        "unhurried listening", "quick estimates", "respect for procedure", "a sense of proportion",
    ),
    "abstract": (
        "certainty", "control", "output", "consensus", "speed", "ownership", "proof", "routine",
        "influence", "evidence", "craft", "consequence", "detail", "direction", "permission",
        "outcomes", "authority", "momentum", "tidiness", "usefulness", "expertise", "attention",
        "tenure", "deadlines", "trust", "novelty",
    ),
    "span": (
        "a fortnight", "six weeks", "one quarter", "a season", "three months", "half a year",
        "the first ninety days", "a single afternoon", "two evenings a week", "a long weekend",
        "one budget round", "the slow months", "ten working days", "the whole spring",
    ),
    "step": (
        "Ask to shadow one meeting", "Rewrite one page of documentation", "Volunteer for the audit",
        "Collect three numbers you improved", "Take an evening course", "Offer to run a pilot",
        "Sit in on five interviews", "Draft the plan before anybody asks", "Learn the vocabulary",
        "Find the person who wrote the form", "Keep a log of decisions", "Apply inside first",
        "Map who pays for what", "Trade a shift for a workshop", "Write to two alumni",
        "Price one project from start to end", "Rehearse the answer aloud", "Publish a short note",
    ),
    "place": (
        "a mid-sized employer", "the public sector", "a family firm", "a charity", "a start-up",
        "the head office", "a contractor", "an agency", "a teaching hospital", "a cooperative",
        "the trade body", "a regional branch", "a consultancy", "an online retailer",
    ),
    "many": (
        "most applicants", "newcomers", "career changers", "people from your side", "beginners",
        "your competitors for the post", "graduates of a course", "internal candidates",
        "those who leave early", "the best of them", "quieter colleagues", "late starters",
    ),
}  # fmt: skip

# {from} and {to} are the roles; other gaps are filled from WORDS.
DECKS = (
    "You bring {trait} and {trait}; the new post asks for {abstract} and pays for {abstract}. "
    "What changes is who waits for {thing}.",
    "The old trade taught you {trait}. The shift is learning to give up {abstract} for {abstract} "
    "while {person} {does} {thing}.",
    "People who make this move already know {thing}. The stretch is {abstract}, and {trait} "
    "that shows before {person} asks.",
    "An employer gains {trait} and somebody who {does} {thing} unasked. The gap is {abstract}, "
    "which {span} of practice can close.",
)
POINTS = (
    "*{trait}* is rarer than it looks, and {person} notices who has it.",
    "The hard part is {abstract} without {abstract}; {span} is a fair estimate.",
    "Start where {person} {does} {thing}, since that work is visible and short of hands.",
    "Your experience with {thing} counts; say so **in numbers** and without jargon.",
    "Aim for {place} first, because {many} overlook it and {person} values {trait}.",
    "Pay may dip for {span}, while {abstract} grows from the first month.",
)
SENTENCES = (
    "Somebody who {does} {thing} every week has more {trait} than the title suggests.",
    "When {person} {does} {thing}, your instinct for {abstract} saves the team {span}.",
    "It isn’t the tools that hold {many} back, it is the wish for {abstract} before {abstract}.",
    "Expect {span} in which {thing} feels foreign and {person} seems to speak in riddles.",
    "You already know how {person} behaves when {thing} goes wrong, which {many} learn late.",
    "Keep {trait}, drop the habit of asking for {abstract}, and let {person} see the draft early.",
    "At {place}, {trait} has another name, and {thing} decides who is believed.",
    "The work is measured by {abstract} — rarely by {abstract} — and {person} will say so.",
    "Nobody hands you {abstract}; you borrow it from {person} and return it with {thing} done.",
    "Where {many} guess, you have seen {thing} fail and can say how long the repair took.",
    "Good days end with {thing} settled, and bad ones with {person} asking about {abstract}.",
    "A week of {trait} is worth more here than a year of {abstract}, as {person} will confirm.",
    "If {thing} bores you, say so early, because {person} {does} it for most of {span}.",
    "That fluency is a real advantage at {place}, where {many} still confuse {abstract} with "
    "{abstract}.",
)
LAST = (
    "The fastest way to know whether the move is realistic for *you* is to run your own background "
    "through it. [Start a free assessment](https://aicareerpivot.com) and compare its plan with "
    "{thing}.",
    "Whether it suits *you* depends on your own history. A [free assessment]"
    "(https://aicareerpivot.com) maps your skills to {to} and shows the gaps in {span}.",
)
QUESTIONS = (
    "Is it a long way from {from} to {to}?",
    "Should I aim for {place} first?",
    "Will I take a pay cut in {span}?",
    "Do I need a certificate when {person} {does} {thing}?",
    "How do I explain {thing} to {person}?",
    "Does {trait} count for anything at {place}?",
    "How long until {person} trusts me with {thing}?",
    "Which of my habits will {person} dislike?",
)
REPLIES = ("Usually yes.", "Rarely.", "Not at first.", "It depends.", "Less than you fear.", "No.")
