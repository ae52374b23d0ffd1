// polarity_words.hpp: English words that praise or blame whatever they are said of, written for this project. A word
// stands for its regular forms too. Data only.
#pragma once

#include <string_view>

namespace earshot::perception {

inline constexpr std::string_view kPraise = R"(
love adore amazing amaze awesome excellent excellence fantastic brilliant wonderful perfect perfection superb outstanding
incredible incredibly beautiful gorgeous stunning magnificent marvelous marvellous phenomenal spectacular delightful delight
delicious yummy tasty best favorite favourite great greatest fabulous terrific flawless stellar epic glorious heavenly
divine exquisite impeccable thrilled ecstatic overjoyed blessed grateful thankful thanks thank gratitude congrats
congratulations congratulate bravo kudos hooray yay woohoo woot win winning winner won victory triumph champion masterpiece
legend legendary hero genius good better nice fine cool sweet happy happier happiest happiness glad pleased pleasure
pleasant enjoy enjoyable enjoyed fun funny hilarious lovely cute adorable charming elegant classy stylish sleek slick
impress impressive impressed like liked likes recommend recommended worth worthwhile worthy valuable helpful useful handy
reliable reliably solid sturdy durable smooth seamless fast quick quickly speedy easy easily simple effortless intuitive
friendly kind generous polite courteous attentive caring gracious welcoming warm comfortable comfy cozy cosy relaxing
peaceful calm clean fresh crisp bright vibrant innovative creative clever smart intelligent wise talented skilled gifted
excited exciting excite excitement thrilling pumped stoked hyped psyched hopeful optimistic inspire inspiring inspirational
inspired motivated motivating proud pride respect admire admiration appreciate appreciated appreciation celebrate
celebration cheer cheers joy joyful smile smiling laugh lol haha hahaha lmao fascinating interesting entertaining engaging
captivating compelling memorable unforgettable success successful succeed achieve achievement accomplish improve improved
improvement upgrade upgraded benefit beneficial advantage affordable bargain discount free bonus reward gain boost growth
growing strong stronger strongest strength powerful robust secure safe safely trust trusted trustworthy honest honesty
loyal loyalty faithful fair fairly genuine authentic sincere support supportive supporting beautifully nicely perfectly
wonderfully superior premium quality luxury luxurious rich flavorful flavourful juicy tender scrumptious mouthwatering
refreshing satisfying satisfied satisfy satisfaction content fulfilled lucky fortunate luck miracle magical magic
dream dreamy romantic sexy hot fire lit dope sick rad rocks rock rocked stunner banger gem treasure treat
well cheap cheaper professional knowledgeable efficient efficiently prompt promptly accurate consistent consistently
welcome peace hope hopefully promising progress breakthrough praise praised acclaim acclaimed award awarded
honor honored honour honoured privilege favorable favourable positive positively plus pro goodness grand lively
popular iconic classic ideal excellently finest top notch ace bless heart hearts xoxo hug hugs kiss kisses pretty handsome
sunny festive merry playful upbeat energetic recover recovered heal healthy wow whoa wooo yes yeah finally
tasteful addictive spotless plentiful reasonable reasonably unbeatable unmatched exceptional exceptionally
exceed exceeded phenomenally remarkable extraordinary breathtaking dazzling sensational sublime superbly fab
gracefully kindness wisdom brave courage courageous bold fearless hardworking dedicated crush crushed killer beast
)";

inline constexpr std::string_view kBlame = R"(
hate hatred despise detest loathe terrible horrible awful dreadful atrocious abysmal appalling horrendous horrific
disgusting disgust disgusted gross nasty vile repulsive revolting filthy foul worst worse bad badly poor poorly pathetic
useless worthless garbage trash rubbish crap crappy shit shitty bullshit bs suck sucky sux fail failed failure fails flop
disaster disastrous catastrophe catastrophic nightmare joke laughable ridiculous absurd stupid dumb idiot idiotic moron
moronic fool foolish ignorant ignorance clueless incompetent incompetence inept lazy rude rudely arrogant hostile
unfriendly unhelpful unprofessional unacceptable inexcusable unbelievable disappoint disappointed disappointing
disappointment dissatisfied unsatisfied unhappy upset upsetting sad sadly sadder saddest sadness depressed depressing
depression miserable misery heartbroken heartbreaking heartbreak cry crying cried tears tragic tragedy devastated
devastating grief mourn mourning sorry regret regretful shame shameful shameless ashamed embarrassing embarrassed
embarrass embarrassment humiliating humiliated disgrace disgraceful angry anger angrily mad furious outraged outrage
outrageous rage pissed annoy annoyed annoying annoyance irritate irritated irritating irritation frustrate frustrated
frustrating frustration bored boring bore dull bland tasteless flavorless stale soggy greasy undercooked overcooked burnt
cold dry rotten spoiled mediocre lame meh weak weaker weakest flimsy cheaply cheesy tacky ugly hideous broken break broke
breaks crash crashed crashing crashes bug buggy glitch glitchy freeze freezing froze lag laggy lagging slow slower slowest
slowly error errors faulty defective defect malfunction malfunctioning damaged damage dead died die dying death kill
killed killing killer murder murdered lost lose losing loser loss missing miss missed problem problems problematic issue
issues trouble troubled difficulty difficult hard harder complicated confusing confused confusion complain complained
complaint complaints wrong wrongly mistake mistaken inaccurate misleading mislead lie lied lies liar lying scam scammer
scammed fraud fraudulent fake phony cheat cheated cheater cheating steal stole stolen thief rob robbed robbery ripoff
overpriced expensive pricey costly waste wasted wasteful wasting delay delayed delays late wait waited waiting cancel
cancelled canceled cancellation refund unreliable unstable unsafe danger dangerous risk risky threat threaten threatening
fear afraid scared scary scare terrified terrifying terror terrorist terrorism horror creepy worried worry worrying
anxious anxiety nervous stress stressed stressful panic hurt hurts hurting pain painful ache sick sickening ill illness
injured injury injuries suffer suffered suffering cruel cruelty brutal brutally violent violence abuse abused abusive
attack attacked corrupt corruption crime criminal illegal guilty blame blamed accuse accused accusation lawsuit sue sued
racist racism sexist bigot bigotry hypocrite hypocrisy toxic poison poisonous negative negatively negligent negligence
neglect ignore ignored ignoring refuse refused reject rejected deny denied unfair unfairly unjust unfortunate
unfortunately unlucky hopeless helpless doubt doubtful suspicious sketchy shady insane crazy ridiculously overrated
underwhelming overhyped unimpressed inconvenient inconvenience uncomfortable cramped crowded noisy loud dirty messy mess
smelly smell stink stinks stinky stank stunk odor rust rusty leak leaking outdated obsolete ancient limited lack lacking
lacks lacked insufficient inadequate inferior subpar cons con drawback downside flaw flawed inconsistent uneven unclear
vague pointless meaningless senseless nonsense silly awkward weird strange odd unwanted unnecessary excessive
damn dammit damnit hell wtf fuck fucked fucking fuckin ffs smh ugh argh ew eww yuck yikes wth omfg bitch ass asshole
bastard dick jerk pig scum evil wicked sinister monster devil ruin ruined ruining destroy destroyed destroying
destruction collapse collapsed decline declining drop dropped fall falling plunge plunged bankrupt bankruptcy layoff
layoffs fired quit boycott ban banned protest warn warning alert recall recalled hack hacked hacking breach
exhausted exhausting tired tiring fatigue lonely alone abandoned betrayed betrayal backstab jealous envy greedy greed
selfish petty bitter resent resentment spite insult insulted insulting offend offended offensive mock mocked unethical
immoral dishonest dishonesty sloppy careless reckless clumsy stuck trapped struggle struggling struggled burden debt
worsen worsened hassle headache nuisance pest plague cursed curse doom doomed grim bleak gloomy dreary
never nowhere neither barely hardly disagree dislike disliked unsubscribe uninstall uninstalled downgrade unpleasant
intolerable unbearable insufferable obnoxious snobby pretentious condescending dismissive indifferent tasteless rubbery
chewy lousy shoddy pitiful sucker clusterfuck shambles fiasco debacle blunder screwed screw downhill worn faded cracked
scratched dented torn infuriating maddening unresponsive disconnected disconnect unplayable unusable
)";

}  // namespace earshot::perception
