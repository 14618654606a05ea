#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Write plugins/values/words_data.c: every word the rules of `values` know, with all it can be.

usage: make-values-words.py >plugins/values/words_data.c

Each line below gives words, what they are (plugins/values/vocab.h), a number and a symbol.
"""
FACTS = """
thousand SCALE 3 | million mln mn SCALE 6 | billion bln bn SCALE 9 | trillion tn SCALE 12
hundred SCALE 2 | k SCALE 3 | lakh lakhs SCALE 5 | crore crores SCALE 7
dozens hundreds thousands millions billions trillions scores MANY
half halves PART 2 | third thirds PART 3 | quarter quarters fourths PART 4 | fifth fifths PART 5
sixth sixths PART 6 | seventh sevenths PART 7 | eighth eighths PART 8 | ninth ninths PART 9
tenth tenths PART 10 | hundredth hundredths PART 100 | thousandth thousandths PART 1000
fourty TENS 40
thirtieth ORDINAL 30 | fortieth ORDINAL 40 | fiftieth ORDINAL 50 | sixtieth ORDINAL 60
seventieth ORDINAL 70 | eightieth ORDINAL 80 | ninetieth ORDINAL 90 | hundredth ORDINAL 100
thousandth ORDINAL 1000 | millionth ORDINAL 1000000
sept sept. MONTH 9
may march mar jan sep dec fall spring ALSO_WORD
mon mon. WEEKDAY+ALSO_WORD 1 | tue tues tue. tues. WEEKDAY+ALSO_WORD 2
wed wed. WEEKDAY+ALSO_WORD 3 | thu thur thurs thu. thur. thurs. WEEKDAY+ALSO_WORD 4
fri fri. WEEKDAY+ALSO_WORD 5 | sat sat. WEEKDAY+ALSO_WORD 6 | sun sun. WEEKDAY+ALSO_WORD 7
day days weekend weekends weekday weekdays PERIOD 1 D | night nights PERIOD 1
week weeks PERIOD 1 W | fortnight PERIOD 2 W | month months PERIOD 1 M
year years yr yrs PERIOD 1 Y | decade decades PERIOD 10 Y | century centuries PERIOD 100 Y
millennium millennia PERIOD 1000 Y | quarter quarters PERIOD 0 M
season seasons generation generations semester semesters term PERIOD
second seconds sec secs s CLOCK 0 S | minute minutes min mins CLOCK 0 M
hour hours hr hrs h CLOCK 0 H
millisecond milliseconds microseconds nanoseconds femtoseconds attoseconds CLOCK
morning mornings dawn sunrise daybreak DAYPART 0 MO | afternoon afternoons lunchtime DAYPART 0 AF
evening evenings dusk nightfall sunset DAYPART 0 EV | night nights overnight DAYPART 0 NI
noon midday DAYPART 0 T12:00 | midnight DAYPART 0 T00:00
spring springs SEASON 21 | summer summers SEASON 22 | autumn autumns fall SEASON 23
winter winters SEASON 24
last past previous preceding RELATIVE -1 | next coming following upcoming RELATIVE 1
this current same that RELATIVE 0
today tonight DEICTIC 0 | yesterday DEICTIC -1 | tomorrow DEICTIC 1
early late mid EARLY
a.m. am a.m MERIDIEM 0 | p.m. pm p.m MERIDIEM 12
gmt utc ZONE 0 Z | bst cet wat ZONE 0 +01:00 | cest cat sast ZONE 0 +02:00 | eat ZONE 0 +03:00
eet ZONE 0 +02:00 | eest msk ZONE 0 +03:00 | gst ZONE 0 +04:00 | pkt ZONE 0 +05:00
ict wib ZONE 0 +07:00 | sgt ZONE 0 +08:00 | kst ZONE 0 +09:00 | nzst ZONE 0 +12:00 | nzdt ZONE 0 +13:00
ist ZONE 0 +05:30 | hkt ZONE 0 +08:00 | jst ZONE 0 +09:00 | aest ZONE 0 +10:00
edt ZONE 0 -04:00 | est cdt ZONE 0 -05:00 | cst mdt ZONE 0 -06:00 | mst pdt ZONE 0 -07:00
pst ZONE 0 -08:00 | et pt ct ZONE
square sq sq. AREA 2 | cubic cu AREA 3
about around nearly almost roughly approximately some approx approx. circa c. perhaps maybe MODIFIER 0 ~
estimated nigh MODIFIER 0 ~ | over exceeding MODIFIER 0 > | under MODIFIER 0 <
exactly barely just another fully precisely MODIFIER
in since by from until till before after during of between through circa around to year CUE
late early mid and fiscal season about CUE
in since of by last next until late early from this to on and each every after before mid MONTH_CUE
till through between during that previous MONTH_CUE
every each EVERY
several few couple many COUNT
the a an half another its his her their OPENER
daily weekly monthly quarterly annual annually yearly full OPENER
end start beginning middle rest eve turn final opening fiscal fy year twice tens q1 q2 q3 q4 h1 h2 OPENER
christmas new boxing good easter halloween thanksgiving independence black palm ash labor labour OPENER
memorial valentine mother father all lunar chinese anzac bastille australia canada victoria OPENER
republic veterans remembrance presidents columbus st juneteenth earth cyber whit ascension ramadan OPENER
eid diwali nowruz hanukkah passover yom hari guy bonfire election budget OPENER

dollar dollars bucks CURRENCY 0 USD | cent cents CURRENCY 0 cent | euro euros CURRENCY 0 EUR
pound pounds sterling CURRENCY 0 GBP | pence penny CURRENCY 0 GBp | yen CURRENCY 0 JPY
yuan renminbi CURRENCY 0 CNY | rupee rupees CURRENCY 0 rupee | rupiah CURRENCY 0 IDR
rouble roubles ruble rubles CURRENCY 0 RUB | franc francs CURRENCY 0 franc
peso pesos CURRENCY 0 peso | krona kronor CURRENCY 0 krona | krone kroner CURRENCY 0 krone
kronur CURRENCY 0 ISK | won CURRENCY 0 KRW | baht CURRENCY 0 THB | ringgit CURRENCY 0 MYR
rand CURRENCY 0 ZAR | naira CURRENCY 0 NGN | shilling shillings CURRENCY 0 shilling
dinar dinars CURRENCY 0 dinar | dirham dirhams CURRENCY 0 dirham | lira liras CURRENCY 0 TRY
riyal riyals CURRENCY 0 SAR | rial rials CURRENCY 0 rial | zloty zlotys CURRENCY 0 PLN
hryvnia hryvnias CURRENCY 0 UAH | shekel shekels CURRENCY 0 ILS | taka CURRENCY 0 BDT
reais real CURRENCY 0 BRL | cedi cedis CURRENCY 0 GHS | birr CURRENCY 0 ETB
kwacha CURRENCY 0 kwacha | forint forints CURRENCY 0 HUF | lei leu CURRENCY 0 lei
lev leva CURRENCY 0 BGN | soles CURRENCY 0 PEN
crowns crown koruna koruny korunas CURRENCY 0 crown | usd CURRENCY 0 USD | eur CURRENCY 0 EUR
gbp CURRENCY 0 GBP | inr CURRENCY 0 INR | lari CURRENCY 0 GEL | dram drams CURRENCY 0 AMD
tenge CURRENCY 0 KZT | som CURRENCY 0 KGS | sum CURRENCY 0 UZS | manat CURRENCY 0 AZN
quetzal quetzales CURRENCY 0 GTQ | lempira lempiras CURRENCY 0 HNL | colon colones CURRENCY 0 CRC
cordobas córdobas CURRENCY 0 NIO | bolivar bolivars CURRENCY 0 VES
bolivianos boliviano CURRENCY 0 BOB | guarani guaranies guaranis CURRENCY 0 PYG
gourde gourdes CURRENCY 0 HTG | metical meticais CURRENCY 0 MZN | pula CURRENCY 0 BWP
kina CURRENCY 0 PGK | kyat CURRENCY 0 MMK | kip CURRENCY 0 LAK | riel riels CURRENCY 0 KHR
dong CURRENCY 0 VND | tugrik tugriks CURRENCY 0 MNT | afghani afghanis CURRENCY 0 AFN
dalasi CURRENCY 0 GMD | leone leones CURRENCY 0 SLE | ariary CURRENCY 0 MGA
kwanza kwanzas CURRENCY 0 AOA | dobra CURRENCY 0 STN | loti CURRENCY 0 LSL | tala CURRENCY 0 WST
vatu CURRENCY 0 VUV | denar denars CURRENCY 0 MKD | marks CURRENCY 0 mark | lek leke CURRENCY 0 ALL
nakfa CURRENCY 0 ERN | ouguiya CURRENCY 0 MRU | bitcoin bitcoins CURRENCY 0 BTC
kopecks CURRENCY 0 kopeck | fils CURRENCY 0 fils | paise CURRENCY 0 paisa
centavos CURRENCY 0 centavo | fcfa CURRENCY 0 XOF | toman tomans CURRENCY 0 toman | p CURRENCY 0 GBp

$ us$ us-$ usd SIGN 0 USD | £ gbp stg£ SIGN 0 GBP | € eur SIGN 0 EUR | ¥ jpy SIGN 0 JPY
₹ rs rs. inr re SIGN 0 INR | ₽ rub SIGN 0 RUB | ₩ krw SIGN 0 KRW | ₦ ngn n SIGN 0 NGN
₺ try SIGN 0 TRY | ₴ uah SIGN 0 UAH | ₪ ils nis SIGN 0 ILS | ₱ php SIGN 0 PHP | ₫ vnd SIGN 0 VND
₡ crc SIGN 0 CRC | ₲ pyg gs. SIGN 0 PYG | ₵ ghs gh₵ gh¢ SIGN 0 GHS | ₸ kzt SIGN 0 KZT
৳ bdt tk SIGN 0 BDT | a$ aud au$ SIGN 0 AUD | c$ cad ca$ SIGN 0 CAD | nz$ nzd SIGN 0 NZD
hk$ hkd SIGN 0 HKD | s$ sgd SIGN 0 SGD | r$ brl SIGN 0 BRL | nt$ twd SIGN 0 TWD | tt$ ttd SIGN 0 TTD
j$ jmd SIGN 0 JMD | bz$ SIGN 0 BZD | ec$ xcd bwi$ SIGN 0 XCD | n$ nad SIGN 0 NAD | g$ gyd SIGN 0 GYD
b$ bsd SIGN 0 BSD | bds$ SIGN 0 BBD | fj$ fjd SIGN 0 FJD | mx$ mxn SIGN 0 MXN | ar$ ars SIGN 0 ARS
clp SIGN 0 CLP | cop SIGN 0 COP | chf SIGN 0 CHF | sek SIGN 0 SEK | nok SIGN 0 NOK | dkk SIGN 0 DKK
isk SIGN 0 ISK | rmb cny SIGN 0 CNY | kes ksh ksh. sh SIGN 0 KES | ugx ush SIGN 0 UGX
tzs tsh SIGN 0 TZS | zar r SIGN 0 ZAR | rm myr SIGN 0 MYR | rp idr SIGN 0 IDR | thb SIGN 0 THB
aed dh dhs SIGN 0 AED | sar SIGN 0 SAR | qar SIGN 0 QAR | omr SIGN 0 OMR | bd bhd SIGN 0 BHD
kwd SIGN 0 KWD | jod jd SIGN 0 JOD | egp e£ le SIGN 0 EGP | lbp SIGN 0 LBP | czk kč SIGN 0 CZK
pln zł SIGN 0 PLN | huf SIGN 0 HUF | ron SIGN 0 RON | bgn SIGN 0 BGN | xof SIGN 0 XOF
xaf SIGN 0 XAF | pkr SIGN 0 PKR | lkr SIGN 0 LKR | npr SIGN 0 NPR | bs bs. bob SIGN 0 BOB
q gtq SIGN 0 GTQ | hnl SIGN 0 HNL | s/ pen SIGN 0 PEN | k zmw pgk SIGN 0 kwacha | bwp SIGN 0 BWP
mad SIGN 0 MAD | dzd SIGN 0 DZD | tnd SIGN 0 TND | iqd SIGN 0 IQD | irr SIGN 0 IRR | etb SIGN 0 ETB
ir£ SIGN 0 IEP | mk mwk SIGN 0 MWK | mt mzn SIGN 0 MZN | sle SIGN 0 SLE

metre metres meter meters m MEASURE 0 m | kilometre kilometres kilometer kilometers km kms MEASURE 0 km
cm centimetre centimetres centimeter centimeters MEASURE 0 cm | dm decimetre decimetres MEASURE 0 dm
km² km2 sqkm MEASURE 0 km2 | m² m2 sqm MEASURE 0 m2 | m³ m3 MEASURE 0 m3 | cm² cm2 MEASURE 0 cm2
mm millimetre millimetres millimeter millimeters MEASURE 0 mm
nanometre nanometres nanometer nanometers nm MEASURE 0 nm
micrometre micrometres micron microns MEASURE 0 um | mile miles MEASURE 0 mi
yard yards yd yds MEASURE 0 yd | foot feet ft MEASURE 0 ft | inch inches MEASURE 0 in
in NOTHING | acre acres MEASURE 0 acre | hectare hectares ha MEASURE 0 ha
gram grams g gramme grammes MEASURE 0 g | milligram milligrams mg MEASURE 0 mg
microgram micrograms mcg μg µg MEASURE 0 ug
microgramme microgrammes MEASURE 0 ug | t tonne tonnes MEASURE 0 t | ton tons MEASURE 0 ton
kilogram kilograms kg kgs kilo kilos kilogramme kilogrammes MEASURE 0 kg
megatonne megatonnes MEASURE 0 Mt | ounce ounces oz MEASURE 0 oz | lb lbs MEASURE 0 lb
litre litres liter liters l MEASURE 0 L | millilitre millilitres milliliter milliliters ml MEASURE 0 mL
centilitre centilitres cl MEASURE 0 cL | gallon gallons MEASURE 0 gal | pint pints MEASURE 0 pt
quart quarts MEASURE 0 qt | cup cups MEASURE 0 cup | teaspoon teaspoons tsp MEASURE 0 tsp
tablespoon tablespoons tbsp MEASURE 0 tbsp | barrel barrels MEASURE 0 bbl | bushel bushels MEASURE 0 bu
degree degrees deg MEASURE 0 deg | celsius c centigrade °c MEASURE 0 Cel
fahrenheit f °f MEASURE 0 degF | kelvin kelvins MEASURE 0 K | km/h kph kmh kmph MEASURE 0 km/h
mph MEASURE 0 mi/h | m/s MEASURE 0 m/s | g/t MEASURE 0 g/t | km/s MEASURE 0 km/s | knot knots MEASURE 0 kn | watt watts w MEASURE 0 W
kilowatt kilowatts kw MEASURE 0 kW | megawatt megawatts mw MEASURE 0 MW
gigawatt gigawatts gw MEASURE 0 GW | terawatt terawatts tw MEASURE 0 TW
kwh MEASURE 0 kWh | mwh MEASURE 0 MWh | gwh MEASURE 0 GWh | twh MEASURE 0 TWh
volt volts MEASURE 0 V | kilovolt kilovolts kv MEASURE 0 kV | amp amps ampere amperes MEASURE 0 A
hertz hz MEASURE 0 Hz | kilohertz khz MEASURE 0 kHz | megahertz mhz MEASURE 0 MHz
gigahertz ghz MEASURE 0 GHz | decibel decibels db MEASURE 0 dB | byte bytes MEASURE 0 B
kilobyte kilobytes kb MEASURE 0 kB | megabyte megabytes mb MEASURE 0 MB
gigabyte gigabytes gb MEASURE 0 GB | terabyte terabytes tb MEASURE 0 TB
petabyte petabytes pb MEASURE 0 PB
kilobit kilobits kbps MEASURE 0 kbit | megabit megabits mbps MEASURE 0 Mbit | gigabit gigabits gbps MEASURE 0 Gbit
terabit terabits tbps MEASURE 0 Tbit | carat carats MEASURE 0 ct | calorie calories MEASURE 0 cal
kilocalories kcal MEASURE 0 kcal | joule joules MEASURE 0 J | newton newtons MEASURE 0 N
pascal pascals MEASURE 0 Pa | hectopascals hpa MEASURE 0 hPa | kilopascals kpa MEASURE 0 kPa
megapascals mpa MEASURE 0 MPa | millibar millibars MEASURE 0 mbar | psi MEASURE 0 psi
horsepower hp bhp MEASURE 0 hp | fathom fathoms MEASURE 0 fathom | furlong furlongs MEASURE 0 furlong
hands MEASURE 0 hand | light-year light-years lightyears MEASURE 0 ly | parsec parsecs MEASURE 0 pc
sieverts MEASURE 0 Sv | millisieverts MEASURE 0 mSv | megapixels megapixel MEASURE 0 Mpx
ppm MEASURE 0 ppm | ppb MEASURE 0 ppb | stone MEASURE 0 stone | teu MEASURE 0 TEU
cusecs MEASURE 0 ft3/s | lux MEASURE 0 lx | becquerels MEASURE 0 Bq | nautical MEASURE 0 nmi
kilotons kiloton MEASURE 0 kt | megatons megaton MEASURE 0 Mt | troy MEASURE 0 troy
"""
ONES = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen").split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = ("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
            "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "
            "twentieth").split()
MONTHS = ("january february march april may june july august september october november "
          "december").split()
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
SETS = ("ONES TENS SCALE MANY PART ORDINAL MONTH ALSO_WORD WEEKDAY PERIOD CLOCK DAYPART SEASON RELATIVE "
        "DEICTIC EARLY MERIDIEM ZONE CURRENCY SIGN MEASURE AREA MODIFIER CUE MONTH_CUE EVERY "
        "COUNT OPENER").split()
words = {}


def add(word, sets, num=0, sym=None):
    assert len(word.encode()) <= 15, word
    known = words.setdefault(word, [set(), 0, None])
    known[0] |= set(sets.split("+"))
    if num:
        assert known[1] in (0, num), f"{word}: two numbers"
        known[1] = num
    if sym:
        assert known[2] in (None, sym), f"{word}: two symbols"
        known[2] = sym


def read_facts():
    for fact in FACTS.replace("\n", "|").split("|"):
        parts = fact.split()
        at = next((i for i, p in enumerate(parts) if set(p.split("+")) <= set(SETS)), None)
        if at is None:
            continue
        rest = parts[at + 1:]
        for word in parts[:at]:
            add(word, parts[at], int(rest[0]) if rest else 0, rest[1] if len(rest) > 1 else None)


for n, w in enumerate(ONES):
    add(w, "ONES", n)
for n, w in enumerate(TENS):
    add(w, "TENS", 20 + 10 * n)
for n, w in enumerate(ORDINALS):
    add(w, "ORDINAL", n + 1)
for n, w in enumerate(MONTHS):
    add(w, "MONTH", n + 1)
    if len(w) > 3:
        add(w[:3], "MONTH", n + 1)
        add(w[:3] + ".", "MONTH", n + 1)
for n, w in enumerate(DAYS):
    add(w, "WEEKDAY", n + 1)
    add(w + "s", "WEEKDAY", n + 1)
read_facts()
print("""/* SPDX-License-Identifier: MIT */
/* plugins/values/words_data.c - the words of vocab.h; written by tools/make-values-words.py. */
#include "vocab.h"

const values_entry values_words[] = {""")
for w, (sets, num, sym) in words.items():
    bits = " | ".join("V_" + s for s in SETS if s in sets)
    print(f'    {{"{w}", {bits}, {num}, {"NULL" if sym is None else chr(34) + sym + chr(34)}}},')
print("};\nconst size_t values_nwords = sizeof values_words / sizeof *values_words;")
