"""Documents in the formats that programs exchange, all of invented people and firms."""

import io
import json
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from . import factories

NAME = ("Zenobia", "Testolini")
PRIVATE = ("Zenobia", "Testolini", "Via Segreta", "555123", "zeno@example.it", "1979", "Femmina",
           "femmina", "female", "Moldavia", "md", "iVBORw0KGgo")  # fmt: skip

EUROPASS = f"""<?xml version="1.0" encoding="UTF-8"?>
<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass" locale="it">
<DocumentInfo><DocumentType>ECV</DocumentType><XSDVersion>V3.3</XSDVersion></DocumentInfo>
<LearnerInfo>
<Identification><PersonName><FirstName>{NAME[0]}</FirstName><Surname>{NAME[1]}</Surname>
</PersonName>
<ContactInfo><Address><Contact><AddressLine>Via Segreta 9</AddressLine>
<PostalCode>23900</PostalCode><Municipality>Lecco</Municipality>
<Country><Code>IT</Code><Label>Italia</Label></Country></Contact></Address>
<Email><Contact>zeno@example.it</Contact></Email>
<TelephoneList><Telephone><Contact>555123</Contact></Telephone></TelephoneList></ContactInfo>
<Demographics><Birthdate year="1979" month="--05" day="---12"/>
<Gender><Code>F</Code><Label>Femmina</Label></Gender>
<NationalityList><Nationality><Code>md</Code><Label>Moldavia</Label></Nationality></NationalityList>
</Demographics><Photo><MimeType>image/png</MimeType><Data>iVBORw0KGgo</Data></Photo>
</Identification>
<Headline><Type><Code>preferred_job</Code><Label>POSIZIONE RICERCATA</Label></Type>
<Description><Label>Magazziniera</Label></Description></Headline>
<WorkExperienceList>
<WorkExperience><Period><From year="2019" month="--03" day="---01"/><Current>true</Current></Period>
<Position><Label>Magazziniera</Label></Position>
<Activities>&lt;p&gt;Carico e scarico&lt;/p&gt;
&lt;ul&gt;&lt;li&gt;uso del muletto&lt;/li&gt;&lt;/ul&gt;</Activities>
<Employer><Name>Logistica Prova srl</Name><ContactInfo><Address><Contact>
<Municipality>Merate</Municipality><Country><Code>IT</Code></Country></Contact></Address>
</ContactInfo>
<Sector><Code>H</Code><Label>Trasporto e magazzinaggio</Label></Sector></Employer></WorkExperience>
<WorkExperience><Period><From year="2015"/><To year="2018" month="--11"/></Period>
<Position><Label>Cuoca</Label></Position><Activities>Primi piatti
Pulizia della cucina</Activities>
<Employer><Name>Mensa Prova</Name><ContactInfo><Address><Contact>
<Municipality>Chişinău</Municipality>
<Country><Code>MD</Code></Country></Contact></Address></ContactInfo></Employer></WorkExperience>
</WorkExperienceList>
<EducationList><Education><Period><From year="1995"/><To year="1998" month="--06"/></Period>
<Title>Qualifica professionale di cuoca</Title><Activities>cucina, igiene</Activities>
<Organisation><Name>Istituto di Prova</Name></Organisation>
<Level><Code>3</Code><Label>Livello 3 EQF</Label></Level></Education></EducationList>
<Skills><Linguistic>
<MotherTongueList><MotherTongue><Description><Code>ro</Code><Label>rumeno</Label></Description>
</MotherTongue></MotherTongueList>
<ForeignLanguageList><ForeignLanguage><Description><Code>it</Code><Label>italiano</Label>
</Description>
<ProficiencyLevel><Listening>C1</Listening><Reading>B2</Reading>
<SpokenInteraction>B2</SpokenInteraction>
<SpokenProduction>B2</SpokenProduction><Writing>B1</Writing></ProficiencyLevel>
<VerifiedBy><Certificate><Title>CELI 3</Title></Certificate></VerifiedBy></ForeignLanguage>
</ForeignLanguageList>
</Linguistic>
<Communication><Description>Ascolto dei clienti</Description></Communication>
<Organisational><Description>Turni della squadra</Description></Organisational>
<JobRelated><Description>Inventario</Description></JobRelated>
<Computer><Description>Excel e posta</Description>
<ProficiencyLevel><Information>B</Information><Safety>A</Safety></ProficiencyLevel></Computer>
<Driving><Description><Licence>B</Licence><Licence>C1</Licence></Description></Driving>
<Other><Description>Cucito</Description></Other></Skills>
<AchievementList><Achievement><Title><Code>courses</Code><Label>Corsi</Label></Title>
<Description>Corso HACCP, 2020</Description></Achievement>
<Achievement><Title><Label>Patentini</Label></Title>
<Description>Patentino del muletto</Description></Achievement>
</AchievementList></LearnerInfo></SkillsPassport>"""

EUROPASS_TEXT = """DATI PERSONALI
Residenza: Lecco

LAVORO DESIDERATO
Magazziniera

ESPERIENZE LAVORATIVE
03/2019 - oggi\tMagazziniera
Logistica Prova srl, Merate
Carico e scarico
- uso del muletto
Settore: Trasporto e magazzinaggio

2015 - 11/2018\tCuoca
Mensa Prova, Chişinău (MD)
Primi piatti
Pulizia della cucina

ISTRUZIONE E FORMAZIONE
1995 - 06/1998\tQualifica professionale di cuoca
Istituto di Prova
Livello 3 EQF
cucina, igiene

LINGUE
Madrelingua: rumeno
italiano: ascolto C1, lettura B2, interazione B2, produzione orale B2, produzione scritta B1
Certificato: CELI 3

COMPETENZE COMUNICATIVE
Ascolto dei clienti

COMPETENZE ORGANIZZATIVE
Turni della squadra

COMPETENZE PROFESSIONALI
Inventario

COMPETENZE DIGITALI
Excel e posta
elaborazione delle informazioni: utente autonomo
sicurezza: utente base

ALTRE COMPETENZE
Cucito

PATENTE DI GUIDA
Patente: B, C1

CORSI
Corso HACCP, 2020

PATENTINI
Patentino del muletto"""

CANDIDATE = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Candidate xmlns="http://www.europass.eu/1.0" xmlns:oa="http://www.openapplications.org/oagis/9"
 xmlns:eures="http://www.europass_eures.eu/1.0" xmlns:hr="http://www.hr-xml.org/3">
<hr:DocumentID schemeAgencyName="EUROPASS" schemeVersionID="4.0"/>
<CandidateSupplier><hr:PartyName>Owner</hr:PartyName><PersonContact><PersonName>
<oa:GivenName>{NAME[0]}</oa:GivenName><hr:FamilyName>{NAME[1]}</hr:FamilyName></PersonName>
</PersonContact></CandidateSupplier>
<CandidatePerson><PersonName><oa:GivenName>{NAME[0]}</oa:GivenName></PersonName>
<Communication><ChannelCode>Email</ChannelCode><oa:URI>zeno@example.it</oa:URI></Communication>
<Communication><UseCode>home</UseCode><Address type="home">
<oa:AddressLine>Via Segreta 9</oa:AddressLine>
<oa:CityName>Lecco</oa:CityName><CountryCode>it</CountryCode></Address></Communication>
<NationalityCode>md</NationalityCode><hr:BirthDate>1979-05-12</hr:BirthDate>
<GenderCode>female</GenderCode>
<PrimaryLanguageCode name="NORMAL">ron</PrimaryLanguageCode></CandidatePerson>
<CandidateProfile languageCode="it"><hr:ID/>
<hr:ExecutiveSummary>&lt;p&gt;Cerco lavoro in magazzino.&lt;/p&gt;</hr:ExecutiveSummary>
<EmploymentHistory><EmployerHistory><hr:OrganizationName>Logistica Prova srl</hr:OrganizationName>
<OrganizationContact><Communication><Address><oa:CityName>Merate</oa:CityName>
<CountryCode>it</CountryCode>
</Address></Communication></OrganizationContact>
<PositionHistory><PositionTitle typeCode="FREETEXT">Magazziniera</PositionTitle>
<eures:EmploymentPeriod><eures:StartDate><hr:FormattedDateTime>2019-03-01</hr:FormattedDateTime>
</eures:StartDate>
<hr:CurrentIndicator>true</hr:CurrentIndicator></eures:EmploymentPeriod>
<oa:Description>
&lt;ul&gt;&lt;li&gt;carico&lt;/li&gt;&lt;li&gt;scarico&lt;/li&gt;&lt;/ul&gt;</oa:Description>
</PositionHistory></EmployerHistory></EmploymentHistory>
<EducationHistory><EducationOrganizationAttendance>
<hr:OrganizationName>Istituto di Prova</hr:OrganizationName>
<AttendancePeriod><StartDate><hr:FormattedDateTime>1995-09</hr:FormattedDateTime></StartDate>
<EndDate><hr:FormattedDateTime>1998-06</hr:FormattedDateTime></EndDate><Ongoing>false</Ongoing>
</AttendancePeriod>
<EducationDegree><hr:DegreeName>Qualifica di cuoca</hr:DegreeName>
<FinalGrade><hr:ScoreText>90/100</hr:ScoreText></FinalGrade></EducationDegree>
<EducationLevelCode>3</EducationLevelCode></EducationOrganizationAttendance></EducationHistory>
<eures:Licenses><eures:License><hr:LicenseTypeCode>B</hr:LicenseTypeCode></eures:License>
</eures:Licenses>
<PersonQualifications><PersonCompetency><CompetencyID schemeName="NORMAL">ita</CompetencyID>
<hr:TaxonomyID>language</hr:TaxonomyID>
<eures:CompetencyDimension>
<hr:CompetencyDimensionTypeCode>CEF-Understanding-Listening</hr:CompetencyDimensionTypeCode>
<eures:Score><hr:ScoreText>C1</hr:ScoreText></eures:Score></eures:CompetencyDimension>
<eures:CompetencyDimension>
<hr:CompetencyDimensionTypeCode>CEF-Writing-Production</hr:CompetencyDimensionTypeCode>
<eures:Score><hr:ScoreText>B1</hr:ScoreText></eures:Score></eures:CompetencyDimension>
</PersonCompetency>
</PersonQualifications>
<eures:Attachment><oa:EmbeddedData>iVBORw0KGgo</oa:EmbeddedData></eures:Attachment>
<Skills><PersonCompetency><hr:TaxonomyID>Digital_Skill</hr:TaxonomyID>
<hr:CompetencyName>Excel</hr:CompetencyName>
</PersonCompetency><SkillsGroup><Title>Ufficio</Title><PersonCompetency>
<hr:CompetencyName>Outlook</hr:CompetencyName></PersonCompetency></SkillsGroup></Skills>
<VoluntaryWorks><VoluntaryWork><Title>Mensa parrocchiale</Title><Date><StartDate>
<hr:FormattedDateTime>2020</hr:FormattedDateTime></StartDate></Date>
<Description>&lt;p&gt;Cucina per cento persone&lt;/p&gt;</Description></VoluntaryWork>
</VoluntaryWorks>
<Others><Title>Patentini</Title><Other><Title>Patentino del muletto</Title>
<Description>rinnovato</Description></Other></Others>
</CandidateProfile><RenderingInformation><Design><Template>Template1</Template></Design>
</RenderingInformation>
</Candidate>"""

CANDIDATE_TEXT = """DATI PERSONALI
Residenza: Lecco

PROFILO
Cerco lavoro in magazzino.

ESPERIENZE LAVORATIVE
03/2019 - oggi\tMagazziniera
Logistica Prova srl, Merate
- carico
- scarico

ISTRUZIONE E FORMAZIONE
09/1995 - 06/1998\tQualifica di cuoca
Istituto di Prova
Livello EQF 3
Voto finale: 90/100

LINGUE
Madrelingua: rumeno
italiano: ascolto C1, produzione scritta B1

COMPETENZE DIGITALI
Excel
Ufficio: Outlook

PATENTE DI GUIDA
Patente: B

VOLONTARIATO
2020\tMensa parrocchiale
Cucina per cento persone

PATENTINI
Patentino del muletto
rinnovato"""

RESUME: dict[str, Any] = {
    "basics": {
        "name": " ".join(NAME), "label": "Magazziniera", "email": "zeno@example.it",
        "phone": "555123", "image": "data:image/png;base64,iVBORw0KGgo",
        "summary": "Cerco lavoro in magazzino.",
        "location": {"address": "Via Segreta 9", "city": "Lecco", "countryCode": "IT"},
    },
    "work": [
        {"name": "Logistica Prova srl", "position": "Magazziniera", "location": "Merate",
         "startDate": "2019-03-01", "summary": "<p>Carico e scarico</p>",
         "highlights": ["uso del muletto", "inventario"]},
        {"company": "Mensa Prova", "position": "Cuoca", "startDate": "2015", "endDate": "2018-11"},
    ],
    "volunteer": [{"organization": "Parrocchia", "position": "Aiuto cuoca", "startDate": "2020",
                   "endDate": "2021"}],
    "education": [{"institution": "Istituto di Prova", "area": "Cucina", "studyType": "Qualifica",
                   "startDate": "1995", "endDate": "1998", "courses": ["igiene"], "score": "90"}],
    "certificates": [{"name": "HACCP", "date": "2020-05-01", "issuer": "Ente Prova"}],
    "languages": [{"language": "Italiano", "fluency": "B2"}, {"language": "ro"}],
    "skills": [{"name": "Magazzino", "level": "avanzato", "keywords": ["muletto", "inventario"]},
               "Excel"],
    "interests": [{"name": "Cucito"}],
    "references": [{"name": "Tizio Caio", "reference": "Precisa e puntuale."}],
}  # fmt: skip

RESUME_TEXT = """DATI PERSONALI
Residenza: Lecco

PROFILO PROFESSIONALE
Magazziniera
Cerco lavoro in magazzino.

ESPERIENZE LAVORATIVE
03/2019 - oggi\tMagazziniera
Logistica Prova srl, Merate
Carico e scarico
- uso del muletto
- inventario

2015 - 11/2018\tCuoca
Mensa Prova

VOLONTARIATO
2020 - 2021\tAiuto cuoca
Parrocchia

ISTRUZIONE E FORMAZIONE
1995 - 1998\tQualifica - Cucina
Istituto di Prova
Voto: 90
- igiene

CERTIFICAZIONI
05/2020\tHACCP
Ente Prova

LINGUE
Italiano: B2
rumeno

COMPETENZE
Magazzino (avanzato): muletto, inventario
Excel

INTERESSI
Cucito

REFERENZE
Precisa e puntuale."""

POSTING: dict[str, Any] = {
    "@context": "https://schema.org", "@type": "JobPosting", "title": "Magazziniere/a",
    "description": "&lt;p&gt;Carico e scarico delle merci, preparazione degli ordini.&lt;/p&gt;"
    "&lt;ul&gt;&lt;li&gt;uso del muletto&lt;/li&gt;&lt;/ul&gt;",
    "qualifications": ["Patentino del muletto", "Patente B"],
    "experienceRequirements": {"@type": "OccupationalExperienceRequirements",
                               "monthsOfExperience": 24},
    "educationRequirements": {"@type": "EducationalOccupationalCredential",
                              "credentialCategory": "high school"},
    "skills": "Excel", "jobBenefits": "<b>Mensa</b> aziendale",
    "employmentType": ["FULL_TIME", "TEMPORARY"], "workHours": "su tre turni",
    "totalJobOpenings": 2, "jobImmediateStart": True, "datePosted": "2026-11-02",
    "validThrough": "2026-12-31T23:59", "industry": "Logistica",
    "hiringOrganization": {"@type": "Organization", "name": "Logistica Prova srl",
                           "description": "Dal 1990 nei trasporti."},
    "jobLocation": {"@type": "Place", "address": {"addressLocality": "Merate",
                                                  "addressRegion": "LC"}},
    "baseSalary": {"currency": "EUR", "value": {"minValue": 1500, "maxValue": 1800.0,
                                                "unitText": "MONTH"}},
}  # fmt: skip

POSTING_TEXT = """Magazziniere/a

Azienda: Logistica Prova srl
Luogo: Merate (LC)
Contratto: tempo pieno, tempo determinato
Orario: su tre turni
Posti: 2
Inizio: immediato
Settore: Logistica
Pubblicato: 02/11/2026
Candidature entro: 31/12/2026

DESCRIZIONE
Carico e scarico delle merci, preparazione degli ordini.
- uso del muletto

REQUISITI
Patentino del muletto
Patente B
diploma di scuola superiore
Esperienza di almeno 24 mesi

COMPETENZE RICHIESTE
Excel

OFFRIAMO
Mensa aziendale

RETRIBUZIONE
1500 - 1800 euro al mese

L'AZIENDA
Dal 1990 nei trasporti."""


def as_json(value: Any) -> bytes:
    """A value as a JSON file."""
    return json.dumps(value, ensure_ascii=False).encode()


def page_with(*scripts: str, body: str = "", head: str = "") -> bytes:
    """A web page with these JSON-LD scripts."""
    written = "".join(f'<script type="application/ld+json">{one}</script>' for one in scripts)
    return f"<!DOCTYPE html><html><head>{head}{written}</head><body>{body}</body></html>".encode()


def pdf_with_attachment(
    lines: list[str], attachment: bytes, *, name: str = "attachment.xml"
) -> bytes:
    """A PDF of these lines that carries a file."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(factories.pdf_of_lines(lines))
    document.new_attachment(name).set_data(attachment)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def pdf_without_text_with_attachment(attachment: bytes) -> bytes:
    """A PDF of a picture that carries a file."""
    import pypdfium2 as pdfium

    def draw(canvas: Canvas) -> None:
        canvas.rect(50, 50, 400, 600, fill=1)

    document = pdfium.PdfDocument(factories.pdf(draw))
    document.new_attachment("attachment.xml").set_data(attachment)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()
