"""English: the words of the sample portal. Every place, person, office and event is made up."""

from __future__ import annotations

from sample_portal.languages.language import CreditShape, Labels, Language, Table, Topic, listed, phrases

_MONTHS = listed("""
    January | February | March | April | May | June | July | August | September | October | November |
    December
""")
_APPROX = listed("more than | nearly | about")
_DAYS = listed("weekdays | weekends | public holidays")
_SEASONS = listed("spring | summer | autumn | winter")
_DIRECTIONS = listed("northern | southern | eastern | western")
_PRICES = listed("free of charge | at half price | for members only")
_ORDINALS = listed("first | second | third | fourth")
_ORIGINS = listed("local | foreign | private")

_TOPICS = (
    Topic(
        agency="Transport Bureau",
        projects=listed("""
            cross-bay ferry line | coastal tram route | park-and-ride station | night bus
            network | cycling corridor
        """),
        people=listed("commuters | island residents | passengers | students from the university town"),
        benefits=listed("""
            a faster way to reach the islands | shorter waiting times at rush hour | a direct
            link to the airport
        """),
        units=listed("trips | tickets | passengers | reservations"),
        scenes=listed("""
            Passengers board the first morning ferry at {place} | A tram runs along the seafront
            in {place} | Engineers inspect the tracks of the {project}
        """),
    ),
    Topic(
        agency="Culture and Tourism Bureau",
        projects=listed("""
            lantern art season | open-air museum | island hiking festival | puppet theater
            workshop | opera garden
        """),
        people=listed("visitors | families | art lovers | amateur performers"),
        benefits=listed("""
            free access to rare collections | a new stage for folk artists | more to do on
            winter weekends
        """),
        units=listed("visits | performances | guided tours | tickets"),
        scenes=listed("""
            Visitors look at hand-made lanterns in {place} | A puppet master shows his craft to
            children in {place} | Performers rehearse for the {project}
        """),
    ),
    Topic(
        agency="Industry and Information Technology Bureau",
        projects=listed("""
            chip testing center | robotics park | smart shipyard | pilot plant for new materials
            | drone test base
        """),
        people=listed("small firms | young engineers | start-up teams | suppliers"),
        benefits=listed("""
            cheaper access to testing equipment | room to grow close to their customers | help
            in filing patents
        """),
        units=listed("orders | patent filings | test reports | product samples"),
        scenes=listed("""
            A technician checks a sensor at the {project} in {place} | A robot arm sorts parts
            in a workshop in {place} | A prototype made by a start-up of the {project} is on
            show
        """),
    ),
    Topic(
        agency="Ecology and Environment Bureau",
        projects=listed("""
            mangrove restoration zone | rainwater park | river cleaning campaign | bird watching
            trail | waste sorting center
        """),
        people=listed("volunteers | fishing households | school classes | nature guides"),
        benefits=listed("""
            cleaner water for the lower reaches | a shady place to walk | safe resting grounds
            for migrating birds
        """),
        units=listed("seedlings | water samples | bird sightings | volunteer shifts"),
        scenes=listed("""
            Volunteers plant seedlings on the mud flats of {place} | Egrets rest near {place} at
            low tide | A guide explains the {project} to pupils
        """),
    ),
    Topic(
        agency="Education Bureau",
        projects=listed("""
            vocational training school | science camp | bilingual kindergarten | reading
            alliance | sports campus
        """),
        people=listed("pupils | teachers | parents | apprentices"),
        benefits=listed("""
            smaller classes and longer library hours | a place to learn a trade | lessons led by
            working scientists
        """),
        units=listed("enrollments | library loans | course certificates | school places"),
        scenes=listed("""
            Pupils build model ships at a school in {place} | Teachers try out a laboratory of
            the {project} | Children read in a corner library in {place}
        """),
    ),
    Topic(
        agency="Health Bureau",
        projects=listed("""
            community clinic | elderly care center | rehabilitation hospital | vaccination drive
            | rescue station
        """),
        people=listed("patients | senior citizens | family doctors | residents from Hong Kong and Macao"),
        benefits=listed("""
            a doctor within a fifteen-minute walk | shorter queues for check-ups | home visits
            at no extra cost
        """),
        units=listed("appointments | check-ups | home visits | consultations"),
        scenes=listed("""
            A nurse takes a resident's blood pressure in {place} | Senior citizens exercise in
            the yard of the {project} | Doctors offer advice at a street fair in {place}
        """),
    ),
    Topic(
        agency="Commerce Bureau",
        projects=listed("""
            bonded exhibition hall | night market | coffee trade center | cross-border
            e-commerce park | seafood wharf
        """),
        people=listed("shop owners | buyers | exporters | stall keepers"),
        benefits=listed("""
            lower storage costs | customs clearance within a day | a wider choice of goods at
            fair prices
        """),
        units=listed("parcels | deals | customs declarations | stall permits"),
        scenes=listed("""
            Shoppers fill the lanes of the night market in {place} | Workers unload boxes at the
            {project} | A buyer tastes coffee at a fair in {place}
        """),
    ),
    Topic(
        agency="Human Resources and Social Security Bureau",
        projects=listed("""
            talent apartment complex | job fair series | one-stop service hall | skills contest
            | housing program
        """),
        people=listed("graduates | newcomers | skilled workers | job seekers"),
        benefits=listed("""
            help with rent in their early years | answers from a single window | advice on
            contracts and insurance
        """),
        units=listed("applications | job offers | permits | residence cards"),
        scenes=listed("""
            Job seekers talk to employers at a fair in {place} | A clerk helps a newcomer at the
            {project} | Contestants weld pipes during a skills contest in {place}
        """),
    ),
)

_TITLES = phrases("""
    - {city} opens {project} for {people}
    - {city} invests {money} in {project}
    - New {project} offers {people} {benefit}
    - {project} in {place} draws {count} {people}
    - {count} {units} recorded at {project} in {place}
    - {city}'s '{project}' enters {ordinal} phase
    - Work on {project} in {place} {percent} percent complete
    - {people} in {place} welcome {project}
""")

_OPENINGS = phrases("""
    - A new {project} opened to the public in {place} on {date}, bringing {people} {benefit}, the {city}
      {agency} announced.
    - {city} will invest {money} in the {project} in {place} over the next {few} years, the city's
      {agency} said at a press conference on {date}.
    - {approx} {count} {people} took part in the trial run of the {project} in {place} between {earlier}
      and {date}, data from the {city} {agency} showed.
    - Construction of the {project} in {place} entered its {ordinal} phase on {date}, with {approx}
      {count} workers on site, according to the {city} {agency}.
    - The {project} in {place}, which promises {people} {benefit}, passed its final inspection on {date},
      the {city} {agency} said in a statement.
""")

_FACTS = phrases("""
    - The {project} covers {decimal} square kilometers and is designed to serve {approx} {count} {people}
      a week.
    - By the end of {month}, the {agency} had recorded {count} {units}, up {percent} percent year on year.
    - Work on the {ordinal} phase started in {month} {year} and is due to be completed in {month} this
      year.
    - Of the {count} {units} handled last year, {percent} percent were arranged through the city's online
      service hall.
    - Service hours run from {hour} am to {hour} pm on {days}, and the fee has been set at {fee} yuan per
      person.
    - Construction costs amounted to {money}, of which the {city} government bore {percent} percent.
    - {approx} {count} {people} from {few} neighboring cities have signed up since {earlier}.
    - The {agency} has trained {hundreds} staff members in the {direction} districts to answer questions in
      Chinese, English and Portuguese.
    - A survey carried out in {month} found that {percent} percent of {people} were satisfied, compared
      with {percent} percent in {year}.
    - Similar projects in {place} and {place} are planned for the coming {season}, with a combined budget
      of {money}.
    - An exhibition on the history of the site, with {hundreds} photographs and documents, is open {price}
      until {later}.
    - The average waiting time fell from {minutes} to {few} minutes after the {ordinal} upgrade of the
      booking system.
    - Experts from {few} universities reviewed the plan in {month} and proposed changes to the {direction}
      entrance.
    - Since {year}, the number of {units} in {city} has grown by {percent} percent a year on average.
    - {people} can register by phone or at the service desk in {place} from {date} to {later}.
    - The {agency} also published a list of {hundreds} {units} that had been put on hold during the {season}
      months.
    - Energy use at the site dropped by {percent} percent, saving {approx} {fee} yuan a day, thanks to
      panels on the {direction} roof.
    - Supplies worth {money} were bought from {local} companies, the largest of them based in {place}.
""")

_SAYINGS = phrases("""
    - We hope that {people} will notice the difference in the coming {season}
    - For {people}, the project means {benefit}, and that is what counts
    - The {ordinal} phase was the hardest, because the site is surrounded by water on the {direction} side
    - Some call it the 'front door' of {city}, and we want to keep that door open
    - We listened to {approx} {count} {people} before we drew the first line
    - Nothing like this existed in {place} in {year}, so we had to learn everything on the way
    - The figures for {month} are better than expected, but we are not yet where we want to be
    - It is not about being the biggest; it is about being useful on {days}
""")

_CITED = phrases("""
    - "{saying}," said {person}, {role} of the {city} {agency}, during a visit to {place} on {date}.
    - "{saying}," {person}, {role} of the {agency}, told reporters on {date}.
    - At the opening, {person}, {role} of the {city} {agency}, thanked {people}: "{saying}."
""")

_CITED_AGAIN = phrases("""
    - "{saying}," {surname} noted.
    - {surname} added: "{saying}."
    - "{saying}," said {surname}, who has worked in {place} since {year}.
""")

_CLOSINGS = phrases("""
    - The {agency} will report on the progress of the {project} again at the end of {month}.
    - Further events for {people} are planned in {place} on {later}.
    - {city} aims to raise the number of {units} to {count} by {future}, the {agency} said.
""")

_RARITIES = phrases("""
    - The {project} – a joint effort of {few} offices – was built with {money} and a loan of €{decimal}
      million from partners in Europe.
    - "{saying}" – that is how {person}, {role} of the {agency}, sums up the work in {place} since {year}.
    - Tickets for guests from abroad cost €{fee} on {days}; those of the Café Hekou™ loyalty programme pay
      half… and children enter free.
    - The {agency}'s report – {fee} pages long – lists {count} {units} and says that the city's "{ordinal}
      phase" cost €{decimal} million less than planned.
    - Between {year} and {future} – the term of the city's plan – the {agency} intends to spend €{decimal}
      million with its partners in Žilina and Besançon.
""")

_FILES = phrases("""
    - Implementation Plan for the {project} (PDF)
    - List of {units} approved in {month} (PDF)
    - Guide for {people} (PDF)
    - Notice No. {few} of the {agency} (PDF)
""")

_SIDE_STORIES = phrases("""
    - Letters from the coast: {place} in {season}
    - In focus: {benefit}
    - Ten questions about the {project}
    - A day with {people} in {place}
""")

_HEADINGS = phrases("""
    - What {people} can expect
    - Background of the {project}
    - Next steps in {place}
    - Costs and schedule
    - {benefit}
    - The figures for {month}
    - How to take part
    - Plans until {future}
""")

_LIST_LEADS = phrases("""
    - The plan of the {agency} names the following measures:
    - {people} who want to take part should note the following:
    - The statement of {date} lists what comes next:
    - For the {ordinal} phase, the {agency} has set these goals:
    - The {project} offers on {days}:
""")

_ITEMS = phrases("""
    - open {few} new service points in {place}
    - raise the number of {units} to {count} by {future}
    - train {hundreds} staff members from {local} companies
    - cut the average waiting time to {minutes} minutes
    - keep the service hall open until {hour} pm on {days}
    - publish the accounts of the {project} every {season}
    - offer {people} advice {price}
    - spend {money} on repairs in the {direction} part of {place}
    - invite {approx} {count} {people} to a hearing in {month}
    - save {percent} percent of the energy used in {year}
    - put up signs in Chinese, English and Portuguese
    - report to the city government by {later}
    - reserve {percent} percent of the places for {people}
    - review the contracts with {few} suppliers
""")

_TABLES = (
    Table(("District", "{units}", "Change"), ("{count}", "{percent}%")),
    Table(("District", "Applications", "Approved", "Share (%)"), ("{count}", "{hundreds}", "{percent}")),
    Table(("Place", "Investment", "Completion"), ("{money}", "{month} {future}")),
    Table(("Service point", "Opening hours", "Telephone"), ("{hour}:30 am to {hour} pm", "{phone}")),
)

_DETAILS = phrases("""
    - Date: {later}
    - Time: {hour}:30 am to {hour} pm
    - Venue: {place}, No. {fee} {road}
    - Contact address: No. {fee} {road}, {place}, {city}
    - Tel: {phone}
    - Registration: from {date} to {later}
    - Organizer: {agency}
    - Tickets: {fee} yuan, {price} on {days}
    - Bus stop: {road} ({few} minutes on foot)
    - Languages: Chinese, English
""")

_PROSE_ALTS = phrases("""
    - A view of {place} in {season}
    - People stand in front of a building in {place}
    - The {project} seen from the {direction} side
    - Two men shake hands at a desk
    - A crowd of {people} at the {project}
    - Aerial photo of {place}
    - A poster that announces the {project}
""")

_CREDITS = (
    CreditShape("Photo/{name}", "()"),
    CreditShape("Photo/{name}", "()"),
    CreditShape("Photo by {name} / {app}", "[]"),
    CreditShape("Photo courtesy VCG", "[]"),
    CreditShape("Photo courtesy WeChat account: {account}", "[]"),
    CreditShape("Photo provided to WeChat account: {account}", "[]"),
    CreditShape("Photo/WeChat ID: {account}", "[]"),
    CreditShape("Photo provided to", "[]"),  # the name was lost
    CreditShape("File photo", "[]"),
    CreditShape("{name} / {press}"),
    CreditShape(None),
    CreditShape(None),
)

_LABELS = Labels(
    colon=":",
    updated="Updated",
    published="Published",
    source="Source",
    byline="By",
    editor="Editor",
    photo="Photo",
    views="Views",
    home="Home",
    nav="nav",
    search="search",
    menu="Menu",
    close="Close",
    breadcrumb_here="You are here",
    share="Share",
    print="Print",
    font_size="Font size",
    top="Back to top",
    more="More",
    related="Related stories",
    most_read="Most read",
    attachments="Attachments",
    download="Download",
    next="Next",
    previous="Previous",
    page="Page",
    of="of",
    contact="Contact us",
    about="About us",
    privacy="Privacy notice",
    sitemap="Site map",
    sponsor="Sponsored by the Lanhai Municipal Government",
    copyright="Copyright © Lanhai Municipal Government. All rights reserved.",
    licence="ICP filing No. 26000417-2",
    today="Today is",
    login="Log in",
    language_switch="Language",
    accessibility="Accessibility",
    follow="Follow us",
    scan_code="Scan the code to read this page on your phone",
    cookie_notice="This website uses cookies that its service needs; by reading on you agree to them.",
    accept="Accept",
    not_found="Page not found",
    moved_or_deleted="The page you are looking for has been moved or deleted.",
    back_home="Back to the home page",
    alerts=(
        "Yellow storm warning: ferries to Qingwan Island are suspended until further notice.",
        "Water supply in parts of Meixi Town will be interrupted tonight from 10 pm to 5 am.",
        "The service hall on Dongting Road is closed on public holidays; please use the online service.",
    ),
    weekdays=listed("Monday | Tuesday | Wednesday | Thursday | Friday | Saturday | Sunday"),
)

ENGLISH = Language(
    tag="en",
    rtl=False,
    spaced=True,
    stop=".",
    paragraph=(30, 48),
    day="{month} {day}",
    dated="{month} {day}, {year}",
    digits={},
    city="Lanhai",
    places=listed("""
        Beiling District | Hekou New Area | Meixi Town | Qingwan Island | the Old Harbor Quarter |
        Xialan Port | Songbai Valley | the Dongting Road area | Yuehu Subdistrict | the Pearl Bay
        waterfront
    """),
    surnames=listed("""
        Li | Chen | Wang | Zhao | Jiang | Huang | Lin | Liang | He | Xu | Deng | Luo | Tang | Feng |
        Peng | Zeng | Xiao | Tian | Pan | Yuan | Cai | Jia | Ding | Wei | Xue | Ye | Yan | Yu | Du
    """),
    given=listed("""
        Ming | Zhenmei | Wei | Xiaoling | Jianguo | Yuting | Haoran | Lihua | Guoqiang | Meifang |
        Zihan | Jiaqi | Wenbo | Shufen | Tianyu | Minhua | Rui | Qiang | Yanhong | Peng | Siyuan |
        Kaiwen
    """),
    roles=listed("""
        director | deputy director | chief engineer | spokesperson | head of the planning office |
        an official in charge of public services
    """),
    apps=listed("Lanhai Today | Harbor Voice | Bay News | Guanhai"),
    accounts=listed("lanhai_culture | gh_3fa81c07 | lanhaifabu | meixi-town | bayarea_living | hekou2020"),
    agencies=listed("Xinhua | Lanhai Daily | Bay Pictures"),
    sources=listed("Lanhai Daily | Lanhai Special Zone Post | Bay Evening News | lanhai-gov.example"),
    file_names=listed("""
        640.webp (2).jpg | 微信图片_20260207113542.jpg | port_副本.jpg | 1.jpg | `.jpg | DSC_0417.jpg |
        64a9430a184ed00c2f309e22.jpg | 图片1.jpg
    """),
    prose_alts=_PROSE_ALTS,
    credits=_CREDITS,
    months=_MONTHS,
    slots={
        "approx": _APPROX,
        "days": _DAYS,
        "season": _SEASONS,
        "direction": _DIRECTIONS,
        "price": _PRICES,
        "ordinal": _ORDINALS,
        "local": _ORIGINS,
        "count": ("{whole}",),
        "money": ("{million} million yuan", "{million} billion yuan"),
        "road": ("Haibin Road", "Dongting Road", "Yuehu East Road", "Songbai Avenue", "Old Wharf Street"),
    },
    word_groups=(
        _APPROX,
        _DAYS,
        _SEASONS,
        _DIRECTIONS,
        _PRICES,
        _ORDINALS,
        _MONTHS,
        _ORIGINS,
        ("deputy director", "chief engineer", "spokesperson"),
        ("satisfied", "dissatisfied"),
        ("announced", "confirmed"),
    ),
    topics=_TOPICS,
    titles=_TITLES,
    openings=_OPENINGS,
    facts=_FACTS,
    sayings=_SAYINGS,
    cited=_CITED,
    cited_again=_CITED_AGAIN,
    closings=_CLOSINGS,
    rarities=_RARITIES,
    files=_FILES,
    file_sentence=" The full text can be read in the {file}.",
    side_stories=_SIDE_STORIES,
    headings=_HEADINGS,
    list_leads=_LIST_LEADS,
    items=_ITEMS,
    tables=_TABLES,
    details=_DETAILS,
    labels=_LABELS,
)
