"""The words of the sample portal: an invented city, its people, and phrases with slots to fill.

Every place, person, office and event is made up. A `{slot}` is filled by `sample_portal.prose`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


def _phrases(text: str) -> tuple[str, ...]:
    """The items of a list written with dashes, each on one line."""
    return tuple(" ".join(item.split()) for item in re.split(r"^ *- ", text, flags=re.MULTILINE)[1:])


CITY = "Lanhai"

PLACES = (
    "Beiling District", "Hekou New Area", "Meixi Town", "Qingwan Island", "the Old Harbor Quarter",
    "Xialan Port", "Songbai Valley", "the Dongting Road area", "Yuehu Subdistrict",
    "the Pearl Bay waterfront",
)  # fmt: skip

SURNAMES = (
    "Li", "Chen", "Wang", "Zhao", "Jiang", "Huang", "Lin", "Liang", "He", "Xu", "Deng", "Luo", "Tang",
    "Feng", "Peng", "Zeng", "Xiao", "Tian", "Pan", "Yuan", "Cai", "Jia", "Ding", "Wei", "Xue", "Ye", "Yan",
    "Yu", "Du",
)  # fmt: skip

GIVEN = (
    "Ming", "Zhenmei", "Wei", "Xiaoling", "Jianguo", "Yuting", "Haoran", "Lihua", "Guoqiang", "Meifang",
    "Zihan", "Jiaqi", "Wenbo", "Shufen", "Tianyu", "Minhua", "Rui", "Qiang", "Yanhong", "Peng", "Siyuan",
    "Kaiwen",
)  # fmt: skip

ROLES = (
    "director", "deputy director", "chief engineer", "spokesperson", "head of the planning office",
    "an official in charge of public services",
)  # fmt: skip

APPS = (
    "Lanhai Today", "Harbor Voice", "Bay News", "Guanhai",
)  # fmt: skip

ACCOUNTS = (
    "lanhai_culture", "gh_3fa81c07", "lanhaifabu", "meixi-town", "bayarea_living", "hekou2020",
)  # fmt: skip

AGENCIES = (
    "Xinhua", "Lanhai Daily", "Bay Pictures",
)  # fmt: skip

SOURCES = (
    "Lanhai Daily", "Lanhai Special Zone Post", "Bay Evening News", "lanhai-gov.example",
)  # fmt: skip

FILE_NAMES = (
    "640.webp (2).jpg", "微信图片_20260207113542.jpg", "port_副本.jpg", "1.jpg", "`.jpg", "DSC_0417.jpg",
    "64a9430a184ed00c2f309e22.jpg", "图片1.jpg",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Topic:
    """What an article can be about; `project` phrases are singular and follow "the new"."""

    agency: str
    projects: tuple[str, ...]
    people: tuple[str, ...]
    benefits: tuple[str, ...]
    units: tuple[str, ...]
    scenes: tuple[str, ...]


TOPICS = (
    Topic(
        agency="Transport Bureau",
        projects=(
            "cross-bay ferry line", "coastal tram route", "park-and-ride station", "night bus network",
            "cycling corridor",
        ),
        people=("commuters", "island residents", "passengers", "students from the university town"),
        benefits=(
            "a faster way to reach the islands", "shorter waiting times at rush hour",
            "a direct link to the airport",
        ),
        units=("trips", "tickets", "passengers", "reservations"),
        scenes=(
            "Passengers board the first morning ferry at {place}",
            "A tram runs along the seafront in {place}", "Engineers inspect the tracks of the {project}",
        ),
    ),
    Topic(
        agency="Culture and Tourism Bureau",
        projects=(
            "lantern art season", "open-air museum", "island hiking festival", "puppet theater workshop",
            "opera garden",
        ),
        people=("visitors", "families", "art lovers", "amateur performers"),
        benefits=(
            "free access to rare collections", "a new stage for folk artists",
            "more to do on winter weekends",
        ),
        units=("visits", "performances", "guided tours", "tickets"),
        scenes=(
            "Visitors look at hand-made lanterns in {place}",
            "A puppet master shows his craft to children in {place}",
            "Performers rehearse for the {project}",
        ),
    ),
    Topic(
        agency="Industry and Information Technology Bureau",
        projects=(
            "chip testing center", "robotics park", "smart shipyard", "pilot plant for new materials",
            "drone test base",
        ),
        people=("small firms", "young engineers", "start-up teams", "suppliers"),
        benefits=(
            "cheaper access to testing equipment", "room to grow close to their customers",
            "help in filing patents",
        ),
        units=("orders", "patent filings", "test reports", "product samples"),
        scenes=(
            "A technician checks a sensor at the {project} in {place}",
            "A robot arm sorts parts in a workshop in {place}",
            "A prototype made by a start-up of the {project} is on show",
        ),
    ),
    Topic(
        agency="Ecology and Environment Bureau",
        projects=(
            "mangrove restoration zone", "rainwater park", "river cleaning campaign",
            "bird watching trail", "waste sorting center",
        ),
        people=("volunteers", "fishing households", "school classes", "nature guides"),
        benefits=(
            "cleaner water for the lower reaches", "a shady place to walk",
            "safe resting grounds for migrating birds",
        ),
        units=("seedlings", "water samples", "bird sightings", "volunteer shifts"),
        scenes=(
            "Volunteers plant seedlings on the mud flats of {place}",
            "Egrets rest near {place} at low tide", "A guide explains the {project} to pupils",
        ),
    ),
    Topic(
        agency="Education Bureau",
        projects=(
            "vocational training school", "science camp", "bilingual kindergarten", "reading alliance",
            "sports campus",
        ),
        people=("pupils", "teachers", "parents", "apprentices"),
        benefits=(
            "smaller classes and longer library hours", "a place to learn a trade",
            "lessons led by working scientists",
        ),
        units=("enrollments", "library loans", "course certificates", "school places"),
        scenes=(
            "Pupils build model ships at a school in {place}",
            "Teachers try out a laboratory of the {project}",
            "Children read in a corner library in {place}",
        ),
    ),
    Topic(
        agency="Health Bureau",
        projects=(
            "community clinic", "elderly care center", "rehabilitation hospital", "vaccination drive",
            "rescue station",
        ),
        people=("patients", "senior citizens", "family doctors", "residents from Hong Kong and Macao"),
        benefits=(
            "a doctor within a fifteen-minute walk", "shorter queues for check-ups",
            "home visits at no extra cost",
        ),
        units=("appointments", "check-ups", "home visits", "consultations"),
        scenes=(
            "A nurse takes a resident's blood pressure in {place}",
            "Senior citizens exercise in the yard of the {project}",
            "Doctors offer advice at a street fair in {place}",
        ),
    ),
    Topic(
        agency="Commerce Bureau",
        projects=(
            "bonded exhibition hall", "night market", "coffee trade center",
            "cross-border e-commerce park", "seafood wharf",
        ),
        people=("shop owners", "buyers", "exporters", "stall keepers"),
        benefits=(
            "lower storage costs", "customs clearance within a day",
            "a wider choice of goods at fair prices",
        ),
        units=("parcels", "deals", "customs declarations", "stall permits"),
        scenes=(
            "Shoppers fill the lanes of the night market in {place}",
            "Workers unload boxes at the {project}", "A buyer tastes coffee at a fair in {place}",
        ),
    ),
    Topic(
        agency="Human Resources and Social Security Bureau",
        projects=(
            "talent apartment complex", "job fair series", "one-stop service hall", "skills contest",
            "housing program",
        ),
        people=("graduates", "newcomers", "skilled workers", "job seekers"),
        benefits=(
            "help with rent in their first years", "answers from a single window",
            "advice on contracts and insurance",
        ),
        units=("applications", "job offers", "permits", "residence cards"),
        scenes=(
            "Job seekers talk to employers at a fair in {place}",
            "A clerk helps a newcomer at the {project}",
            "Contestants weld pipes during a skills contest in {place}",
        ),
    ),
)  # fmt: skip

TITLES = _phrases("""
    - {city} opens {project} for {people}
    - {city} invests {money} in {project}
    - New {project} offers {people} {benefit}
    - {project} in {place} draws {count} {people}
    - {count} {units} recorded at {project} in {place}
    - {city}'s '{project}' enters {ordinal} phase
    - Work on {project} in {place} {percent} percent complete
    - {people} in {place} welcome {project}
""")

OPENINGS = _phrases("""
    - A new {project} opened to the public in {place} on {date}, bringing {people} {benefit}, the {city}
      {agency} announced.
    - {city} will invest {money} in the {project} in {place} over the next {few} years, the city's
      {agency} said at a press conference on {date}.
    - {approx} {count} {people} took part in the trial run of the {project} in {place} between {earlier}
      and {date}, data from the {city} {agency} showed.
    - Construction of the {project} in {place} entered its {ordinal} phase on {date}, with {approx}
      {count} workers on site, according to the {city} {agency}.
    - The {project} in {place}, which promises {people} {benefit}, passed its final inspection on
      {date}, the {city} {agency} said in a statement.
""")

FACTS = _phrases("""
    - The {project} covers {area} square kilometers and is designed to serve {approx} {count} {people} a
      week.
    - By the end of {month}, the {agency} had recorded {count} {units}, up {percent} percent year on
      year.
    - Work on the {ordinal} phase started in {month} {year} and is due to be completed in {month} this
      year.
    - Of the {count} {units} handled last year, {percent} percent were arranged through the city's
      online service hall.
    - Service hours run from {hour} am to {hour} pm on {days}, and the fee has been set at {fee} yuan
      per person.
    - Construction costs amounted to {money}, of which the {city} government bore {percent} percent.
    - {approx} {count} {people} from {few} neighboring cities have signed up since {earlier}.
    - The {agency} has trained {count} staff members in the {direction} districts to answer questions in
      Chinese, English and Portuguese.
    - A survey carried out in {month} found that {percent} percent of {people} were satisfied, compared
      with {percent} percent in {year}.
    - Similar projects in {place} and {place} are planned for the coming {season}, with a combined
      budget of {money}.
    - An exhibition on the history of the site, with {count} photographs and documents, is open {price}
      until {later}.
    - The average waiting time fell from {minutes} to {few} minutes after the {ordinal} upgrade of the
      booking system.
    - Experts from {few} universities reviewed the plan in {month} and proposed changes to the
      {direction} entrance.
    - Since {year}, the number of {units} in {city} has grown by {percent} percent a year on average.
    - {people} can register by phone or at the service desk in {place} from {date} to {later}.
    - The {agency} also published a list of {count} {units} that had been put on hold during the
      {season} months.
    - Energy use at the site dropped by {percent} percent, saving {approx} {fee} yuan a day, thanks to
      panels on the {direction} roof.
    - Supplies worth {money} were bought from {local} companies, the largest of them based in {place}.
""")

SAYINGS = _phrases("""
    - We hope that {people} will notice the difference in the coming {season}
    - For {people}, the project means {benefit}, and that is what counts
    - The {ordinal} phase was the hardest, because the site is surrounded by water on the {direction}
      side
    - Some call it the 'front door' of {city}, and we want to keep that door open
    - We listened to {approx} {count} {people} before we drew the first line
    - Nothing like this existed in {place} in {year}, so we had to learn everything on the way
    - The figures for {month} are better than expected, but we are not yet where we want to be
    - It is not about being the biggest; it is about being useful on {days}
""")

CITED = _phrases("""
    - "{saying}," said {person}, {role} of the {city} {agency}, during a visit to {place} on {date}.
    - "{saying}," {person}, {role} of the {agency}, told reporters on {date}.
    - At the opening, {person}, {role} of the {city} {agency}, thanked {people}: "{saying}."
""")

CITED_AGAIN = _phrases("""
    - "{saying}," {surname} noted.
    - {surname} added: "{saying}."
    - "{saying}," said {surname}, who has worked in {place} since {year}.
""")

CLOSINGS = _phrases("""
    - The {agency} will report on the progress of the {project} again at the end of {month}.
    - Further events for {people} are planned in {place} on {later}.
    - {city} aims to raise the number of {units} to {count} by {future}, the {agency} said.
""")

FILES = _phrases("""
    - Implementation Plan for the {project} (PDF)
    - List of {units} approved in {month} (PDF)
    - Guide for {people} (PDF)
    - Notice No. {few} of the {agency} (PDF)
""")
FILE_SENTENCE = " The full text can be read in the {file}."

SIDE_STORIES = _phrases("""
    - Letters from the coast: {place} in {season}
    - In focus: {benefit}
    - Ten questions about the {project}
    - A day with {people} in {place}
""")

WORD_GROUPS = (
    ("more than", "nearly", "about"),
    ("weekdays", "weekends", "public holidays"),
    ("spring", "summer", "autumn", "winter"),
    ("northern", "southern", "eastern", "western"),
    ("free of charge", "at half price", "for members only"),
    ("first", "second", "third", "fourth"),
    (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ),
    ("local", "foreign", "private"),
    ("deputy director", "chief engineer", "spokesperson"),
    ("satisfied", "dissatisfied"),
    ("announced", "confirmed"),
)  # fmt: skip
"""Phrases of which an editor may put one in another's place: the sentence stays sound, its meaning moves."""
