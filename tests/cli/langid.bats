# SPDX-License-Identifier: MIT
# tests/cli/langid.bats - a sentence or two of each language, and dropping by language.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >l.cfg <<'X'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "langid"; }, { plugin = "jsonl"; } );
X
    i=0
    while IFS='|' read -r id text; do
        printf '{"id":"%s","text":"%s"}\n' "$id" "$text"
    done >all.jsonl <<'X'
en|The harbour will close for a year because its old walls have moved, the town council said on Tuesday.
de|Der Hafen wird für ein Jahr geschlossen, weil sich die alten Mauern bewegt haben, sagte der Stadtrat am Dienstag.
fr|Le port sera fermé pendant un an parce que ses vieux murs ont bougé, a déclaré mardi le conseil municipal.
es|El puerto estará cerrado durante un año porque sus viejos muros se han movido, dijo el martes el ayuntamiento.
it|Il porto resterà chiuso per un anno perché le vecchie mura si sono spostate, ha detto martedì il consiglio comunale.
pt|O porto vai ficar fechado durante um ano porque os seus velhos muros se moveram, disse na terça-feira a câmara.
nl|De haven gaat een jaar dicht omdat de oude muren zijn verschoven, zei de gemeenteraad dinsdag.
sv|Hamnen stängs i ett år eftersom de gamla murarna har flyttat sig, sade kommunen på tisdagen.
pl|Port zostanie zamknięty na rok, ponieważ jego stare mury się przesunęły, powiedziała we wtorek rada miasta.
cs|Přístav bude na rok uzavřen, protože se jeho staré zdi pohnuly, uvedla v úterý městská rada.
hu|A kikötőt egy évre bezárják, mert a régi falai elmozdultak, mondta kedden a városi tanács.
fi|Satama suljetaan vuodeksi, koska sen vanhat muurit ovat liikkuneet, kaupunginvaltuusto sanoi tiistaina.
ro|Portul va fi închis timp de un an pentru că zidurile sale vechi s-au mișcat, a spus marți consiliul orașului.
tr|Liman, eski duvarları yerinden oynadığı için bir yıl kapalı kalacak, dedi belediye meclisi salı günü.
vi|Cảng sẽ đóng cửa trong một năm vì những bức tường cũ đã bị dịch chuyển, hội đồng thành phố cho biết hôm thứ Ba.
ru|Порт будет закрыт на год, потому что его старые стены сдвинулись, сообщил во вторник городской совет.
uk|Порт буде закрито на рік, тому що його старі стіни зрушилися, повідомила у вівторок міська рада.
el|Το λιμάνι θα κλείσει για ένα χρόνο επειδή τα παλιά του τείχη μετακινήθηκαν.
he|הנמל ייסגר לשנה מפני שהחומות הישנות שלו זזו
ar|سيغلق الميناء لمدة عام لأن جدرانه القديمة تحركت
fa|بندر به مدت یک سال بسته خواهد شد زیرا دیوارهای قدیمی آن جابجا شده‌اند
ko|항구는 오래된 벽이 움직였기 때문에 일 년 동안 문을 닫을 것이다
ja|古い壁が動いたため、港は一年間閉鎖されると市議会は火曜日に述べた。
zh|由于旧墙移动，港口将关闭一年，市议会星期二说。
th|ท่าเรือจะปิดเป็นเวลาหนึ่งปี
X
}

@test "25 languages are told apart" {
    "$QUERN" run -q l.cfg all.jsonl >out.jsonl
    complain "$(awk -F'"' '{ match($0, /"language":"[a-z]*/); got = substr($0, RSTART + 12, RLENGTH - 12)
        if (got != $4) print $4 " was taken for " got }' out.jsonl)"
    [ "$(grep -c '"confidence":' out.jsonl)" -eq 25 ]
}

@test "only accepted languages stay; the reason is named" {
    "$QUERN" run l.cfg all.jsonl --set langid.accept=de >out.jsonl 2>err
    [ "$(grep -c '' out.jsonl)" -eq 1 ]
    grep -q '24 records dropped by langid-other' err
}

@test "what is unsure is dropped on request, what has no letters has no language" {
    printf '{"id":"a","text":"La La"}\n{"id":"b","text":"12 34"}\n' >x.jsonl
    out=$("$QUERN" run -q l.cfg x.jsonl)
    [[ $(grep '"b"' <<<"$out") != *language* ]]
    "$QUERN" run l.cfg x.jsonl --set langid.min_confidence=0.9 >out.jsonl 2>err
    grep -q '2 records dropped by langid-unsure' err
}
