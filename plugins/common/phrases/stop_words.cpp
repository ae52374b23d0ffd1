#include "phrases/stop_words.hpp"

#include <string>
#include <unordered_set>

namespace earshot::phrases {
namespace {

// Articles, pronouns, prepositions, conjunctions, auxiliaries, and what stands in posts of every kind.
constexpr std::string_view kWords =
    // English
    "a about after again all also always am an and any anyone are aren't around as at back be because been before "
    "being both but by came can can't cannot come could couldn't did didn't do does doesn't doing don't done dont down "
    "even ever every few for from get gets getting go goes going gonna got had has hasn't have haven't having he her "
    "here hers him his how i i'd i'll i'm i've if im in into is isn't it it's its i just know let let's like lol made "
    "make many may maybe me might mine more most much must my myself need never no nor not now of off oh ok on once "
    "one only or other our out over own please really rt said same say see seem she should so some someone something "
    "still such take than that that's the their them then there there's these they they're thing things think this "
    "those though through to today too two u under until up upon us very via want was wasn't way we we're well went "
    "were weren't what what's when where which while who whose why will with without won't would wouldn't yes yet you "
    "you're your yours ur gt lt amp "
    // German
    "aber alle als also am an auch auf aus bei beim bin bis bist da damit dann das dass dein dem den denn der des dich "
    "die dies diese dieser dieses dir doch du durch ein eine einem einen einer eines er es etwas euch für gegen haben "
    "habe hast hat hatte hier ich ihm ihn ihr ihre im immer in ins ist ja jetzt kann kein keine können mal man mehr "
    "mein meine mich mir mit nach nicht nichts noch nun nur ob oder ohne schon sehr sein seine sich sie sind so über "
    "um und uns unser vom von vor war waren was wenn wer werden wie wieder wir wird wo wurde zu zum zur "
    // French
    "ai alors au aussi aux avec avait avoir bien c'est ce ces cet cette chez comme d dans de des donc du elle elles en "
    "encore est et été être eu fait faire ici il ils j'ai je l la le les leur leurs lui ma mais me même mes mon n ne "
    "nos notre nous on ont ou où par pas peu peut plus pour qu qu'il quand que qui quoi sa sans se ses si son sont sur "
    "ta te tes toi ton tout tous toute trop tu un une va vos votre vous y à ça "
    // Spanish, Portuguese, Italian
    "al algo como con cuando del desde donde dos el ella ellas ellos era eres es esa ese eso esta estaba estado este "
    "esto está están fue ha hace hasta hay he las lo los más me mi mis muy nada nos o otra otro para pero por porque "
    "pues que qué quien se ser si sido sin sobre solo son soy su sus también te tengo ti tiene todo todos tu tus una "
    "uno unos ya yo él ao aos as até com da das dele dela do dos e ela ele eles em essa esse estou eu foi isso isto já "
    "mais mas meu minha muito na nas nem no nos não num numa o os ou pela pelo pra quando sem sempre seu sua são "
    "também "
    "tem tinha um uma você vai agli ai al alla alle anche ancora avere che chi ci come cosa da dal dalla dei del della "
    "delle di e è ed era fa fatto gli ha hai hanno ho i il in io la le lei li loro lui ma mai mi mia mio molto ne nel "
    "nella no noi non o per perché più poi quando quello questa questo qui quindi sei senza si sia solo sono sta su "
    "sul sulla suo sua ti tra tutti tutto un una uno va vi voi "
    // Dutch, Swedish, Danish, Norwegian
    "aan al als bij dan dat de deze die dit doen door dus een en er ge geen had heb hebben heeft het hij hoe hun ik in "
    "is je jij kan maar me meer met mij mijn moet na naar niet nog nu of om onder ons ook op over te toch tot u uit "
    "van "
    "veel voor waar was wat we wel werd wij wil ze zich zij zijn zo zou att av blir de dem den det detta din du där är "
    "efter ej en ett från för ha hade han har hon hur här i inte jag kan man med men mig min mot mycket när och om på "
    "sig ska som så till upp ut var vara vi vid vill är af at blev da deres dig ham hans hende jeg ikke meget nu når "
    "også skal til være å ble bli både etter hva hvor seg vil "
    // Polish, Turkish, Indonesian
    "ale bo być był była było być co czy dla do gdy go i ich ja jak jako je jego jej jest już ku ma mi mnie może na "
    "nad "
    "nie o od on ona oni po pod przez się są ta tak te tego tej ten to tu ty tym w we więc z za ze że ama ben bir biz "
    "bu bunu çok da daha de diye en gibi için ile ise kadar ki mi mu ne o olan olarak oldu onu sen siz şu ve veya ya "
    "yok ada akan aku atau bisa dalam dan dari dengan di dia ini itu jadi juga kalau kami kamu karena ke kita lagi mau "
    "mereka nya oleh pada saja saya sudah tapi tidak untuk yang "
    // Russian, Ukrainian
    "а без более бы был была были было быть в вам вас весь во вот все всё всех вы где да для до его ее её если есть "
    "еще "
    "ещё же за здесь и из или им их к как ко когда кто ли лишь мне меня мой мы на над надо нас не него нет ни них но "
    "ну "
    "о об он она они оно от очень по под при про с сам свой себя со так также такой там те тебя тем то того тоже "
    "только "
    "том тот ты у уже хоть чем что чтобы эта эти это я та не що це як від але й є у на для за був "
    // Arabic, Hindi
    "في من على إلى عن مع هذا هذه ذلك التي الذي ما لا لم لن إن أن كان كل قد هو هي أو ثم و يا بعد قبل है हैं का की के को में से "
    "और यह वह पर भी नहीं ने तो हो था थी थे एक कर ही जो कि "
    // Chinese, Japanese, Korean: particles and pronouns as words
    "的 了 是 在 我 你 他 她 它 们 我们 你们 他们 这 那 个 和 就 都 也 不 很 有 没有 一个 这个 那个 什么 吗 呢 吧 啊 "
    "と の に は "
    "を が で も て た だ です ます から まで より など こと もの これ それ あれ この その あの ない いる ある する "
    "した して し い "
    "れる られ さん か な よ ね へ 이 그 저 것 수 등 및 은 는 을 를 에 의 가 도";

}  // namespace

bool is_stop_word(std::string_view word) {
  static const std::unordered_set<std::string_view> all = [] {
    std::unordered_set<std::string_view> words;
    for (std::size_t at = 0; at < kWords.size();) {
      const std::size_t end = std::min(kWords.find(' ', at), kWords.size());
      words.insert(kWords.substr(at, end - at));
      at = end + 1;
    }
    return words;
  }();
  return all.contains(word);
}

}  // namespace earshot::phrases
