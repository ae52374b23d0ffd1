// lexicon_words.hpp: the lists of lexicon.hpp, written for this project. Words as tokens.hpp makes them: small letters,
// no letter more than twice in a row. Data only.
#pragma once

#include <string_view>

namespace earshot::model {

inline constexpr std::string_view kAnger = R"(
anger angry angrily mad madder furious fury rage raging outrage outraged outrageous annoyed annoying annoy annoys
irritated irritating irritate pissed piss fuming livid infuriating infuriated infuriates enraged hate hated hates
hating hatred despise loathe disgust disgusted disgusting gross vile offend offended offensive insult insulted resent
resentment bitter hostile hostility rude disrespect disrespectful fight fighting fights punch slap smack kill scream
screaming yell yelling shout fuck fucking fucked fuckin fucks wtf ffs damn bullshit bitch bastard asshole idiot idiots
moron stupid dumb liar liars lies cheat scam thief racist racism sexist bully bullying bullied terrorism terrorist
terror attack revenge vengeance threat wrath boil boiling snap tantrum fume growl frown grudge provoke provoked temper
sick ridiculous pathetic incompetent unacceptable joke disgrace worst horrible awful terrible shut blame ruin ruined
complain rant burning insane nasty scum pig shit shitty crap hell nerve nerves useless cunt dick prick twat wanker
bloody aggravated aggravating aggression aggressive agitated agitation animosity antagonize appalled appalling asses
awfully belligerent betrayed betray blasted bloodboil bothered cheated combative condescending contempt contemptible
crazy cruel cruelty cursing cursed deceit deceitful despicable destroy detest disgraceful dumbass enrage exasperated
exasperating fed foul frustrated frustrating frustration frustrations fuckers garbage greedy grumpy harass harassment
hateful heated hellish hypocrite hypocrites hysterical ignorant ignore ignored ignoring immature inconsiderate
indignant injustice insensitive insulting intolerable irate irritable jealous jerk jerks karma lied lousy malicious
mean messed nonsense obnoxious outrageously petty pissing poison quarrel rabid rascal rudest salty savage scolded
selfish shameful shameless sinister slammed smh sneer snapped snarl sour spite spiteful stfu sucks swear tamper
threaten threatened toxic trash trashed unfair unprofessional upset vicious violence violent vengeful wicked worthless
😡 😠 🤬 👿 😤 🖕
)";

inline constexpr std::string_view kJoy = R"(
joy joyful joyous happy happier happiest happiness happily glad delight delighted delightful cheerful cheer cheers
cheery cheering smile smiling smiles smiled laugh laughing laughter laughed lol lmao lmfao haha hahaha hilarious funny
fun amusing amusement elated excited exciting excitement thrilled thrilling love loved loves loving lovely adore
adorable cute beautiful gorgeous amazing awesome wonderful fantastic great best perfect brilliant celebrate
celebration party birthday blessed bliss blissful merry jolly playful lively glee gleeful exhilarating exhilarated
hearty rejoice rejoicing rejoiced pleasing pleased pleasure enjoy enjoying enjoyed music dance dancing sing singing
song win winning won yay woohoo wow sparkling radiant bright sunshine optimism breezy breeze mirth giggle giggling
friends family weekend holiday vacation proud congratulations congrats thankful thanks thank grateful musically
animated levity sweet kiss hug hugs live laughs comedy comedian joking jokes crack amazed amazingly appreciate
appreciated blessing bouncy celebrated celebrating champion champions charming cherish chuckle comical contented
crazygood cuddle cuddles cuter dazzling delicious ecstatic ecstasy enjoyable enjoys entertaining epic euphoria
euphoric excellent excite fab fabulous favorite favourite festive giddy glorious goofy goodness greatest grin grinning
gift hah hahah hehe heh hilarity honored honoured hooray hype hyped incredible jovial joyfully jubilant kisses kissing
lighthearted liked lmaoo loveliest lucky magical marvelous melodic nice optimist paradise perfection pleasant
pleasantly positivevibes pretty prettiest priceless pumped relaxed relaxing relief rofl romantic rocks satisfied
satisfying sensational smiley snuggle splendid stoked stunning sunny superb surprise sweetest sweetheart terrific
thanku tickled treat triumph unforgettable upbeat victory vibes warm warmth welcome winner wins wondrous woo woot xo
xoxo yum yummy yaay 😀 😁 😂 😃 😄 😅 😆 😊 😍 😎 😘 😜 😝 ☺ ❤ 💕 💖 💗 💘 💙 💚 💛 💜 🎉 🎊 🎶 🙌 🤣 🤗 ✨ 👏 😋 😌 :) :-) :D =) ;) <3 (: ^^ ^_^
xd
)";

inline constexpr std::string_view kOptimism = R"(
hope hopeful hopefully hoping optimism optimistic positive positivity believe belief faith trust future tomorrow dream
dreams inspire inspired inspiring inspiration inspirational motivation motivated motivate courage courageous brave
strong strength strive persevere perseverance overcome success successful succeed achieve achievement goal goals
growth grow opportunity opportunities possible possibilities better bright brighter forward progress heal healing
peace god lord jesus bless pray prayer wisdom learn learning mindset change life confidence confident worry worries
fearless fear start begin beginning journey wait patience believing encourage encouragement leadership wise gratitude
forgiveness forgive rise win ready determined determination persistence resilience effort try trying fight quote
quotes soul truth happiness chance luck best challenge challenges accomplish accomplished achieving afraid amen
ambition aspire aspiration assured bravery calm cheerful choose comfort commit conquer courageously create creativity
daily dare daring decision dedication deserve discipline drive dreaming eager embrace empower empowered endure energy
enlightenment enthusiasm envision expect expectation faithful failure focus focused fortune freedom fulfilled gains
gain glory gracious grace great grind growing guide habit hardwork harmony heart hero honor hopes humble improve
improving improvement inner insight integrity joy joyce keep kindness lead leader leaders lesson lessons love mankind
meaning meditation mentor mistakes momentum morning motivational moving never obstacle obstacles optimist outcome
passion patient peaceful perspective potential power powerful prayers praying prepare present prevail problem problems
productive promise prosper purpose reach recover recovery refuse remember renew resilient resolve respect reward risk
salvation serenity someday soar solution spirit spiritual steps stronger struggle survive survivor teach teachers
thankful thrive today together trials triumph trusting unity universe value victory vision warrior whatever willpower
winners wins worth yes yourself 🙏 💪 ☀ 🌈 🌟 ⭐ 👍
)";

inline constexpr std::string_view kSadness = R"(
sad sadly sadness sadder saddest saddened saddening depressed depressing depression unhappy miserable misery gloomy
gloom grief grieve grieving mourn mourning mournful sorrow sorrowful cry crying cried cries tear tears weep weeping
heartbroken heartbreak heartbreaking broken lonely loneliness alone lost lose losing loss miss missing missed hopeless
hopelessness despair desperate disappointed disappointing disappointment discouraged disheartened dismal dreary
dreadful dread dreading blues blue melancholy pain painful hurt hurts hurting suffer suffering ache sick ill tired
exhausted death dead died die dying funeral rip goodbye leaving left gone sorry regret pity pout pouting sulk serious
sober dark somber sombre grim unfortunately unfortunate tragic tragedy devastated devastating suicide suicidal anxiety
anxious panic nervous worry worried afraid scared fear bad worse worst awful terrible horrible sucks suck rejected
abandoned bored boring empty numb weary homesick lifeless weak fail failed fall falling wish shy dull poor rain cold
dim faint aching agony ailing alas anguish awfully badly bereaved bleak bleed breakdown breakup bummed bummer burden
cancer chronic crushed cryin dampen damaged darkness dejected depress depresses deserted despairing despondent deaths
deprived devastate devastation disheartening disappoint disappointments disaster discomfort discourage dismay
displeased distress distressed distraught dispirited doomed down downcast drained drowning emotional emptiness
exhausting exhaustion failing failure flu foggy forlorn forgotten forever fragile frown glum grave grey grieves guilt
guilty hate headache heartache heartbroke helpless hospital hopelessly hurtful icky ignored inadequate inconsolable
insecure insomnia isolated isolation joyless lament letdown listless loner loser losses lowest memories misfortune
mistake missin mope morbid mourns mourned mute never nightmare nightmares nobody numbness overwhelmed painfully passed
pathetic pessimistic pessimism pitiful poorly powerless regrets regretting rejection rest restless ruined sadnews
scars scary shaking shame shattered shock sigh sighs silence sleepless slump sob sobbing sobs sobering solemn sore
sorrows sorely stress stressed stressful struggling sullen tearful tearing terrified tire toll tragedies tragically
trauma traumatic troubled ugh ugly unable unbearable uncomfortable unlucky unloved unwanted unwell upset useless
victims vulnerable wailing weakness why widow withdrawn worn worthless wounds wrecked yearn yelling 😢 😭 😔 😞 😟 😕 💔 ☹ 😩
😫 😓 😪 😥 😿 😣 😖 🙁 :( :-( :'( =( ):
)";

inline constexpr std::string_view kAbuse = R"(
fuck fucking fucked fucker fuckers fuckin fck fcking fuk fuckboy motherfucker motherfuckers motherfucking mf mofo shit
shitty shitting shithole shithead bullshit horseshit bs bitch bitches bitching bitchy cunt cunts dick dicks dickhead
prick pricks cock cocksucker pussy pussies twat twats wanker wankers bollocks bastard bastards asshole assholes ass
asses arse arsehole dumbass jackass badass smartass fatass crap crappy damn dammit goddamn hell piss pissed slut sluts
slutty whore whores hoe hoes thot skank tramp douche douchebag douchebags scumbag scumbags scum scums trash garbage
filth filthy pig pigs swine rat rats snake vermin parasite cockroach leech animal animals savage savages beast monster
monsters demon devil evil vile disgusting disgrace disgraceful gross nasty ugly fat smelly stupid stupidity dumb
dumbest dumber idiot idiots idiotic idiocy moron morons moronic imbecile retard retarded retards fool fools foolish
clown clowns loser losers lame pathetic worthless useless brainless braindead clueless ignorant ignorance delusional
deranged lunatic lunatics nut nuts nutjob nutcase insane crazy psycho psychopath sociopath sick mental creep creeps
creepy pervert perverts perv pedophile pedophiles pedo rapist rapists rape molester predator murderer murderers killer
killers kill killing die dead shoot hang burn lynch liar liars lying lies lie fraud phony fake crook crooked corrupt
criminal criminals thug thugs terrorist terrorists traitor traitors treason treasonous coward cowards cowardly
hypocrite hypocrites hypocrisy hypocritical bigot bigots bigoted racist racists racism nazi nazis fascist fascists
commie communist communists sexist misogynist misogynistic homophobe homophobic faggot faggots fag fags dyke tranny
nigga niggas nigger niggers coon spic chink wetback gook kike paki towelhead raghead cracker redneck hillbilly libtard
libtards republicunt snowflake snowflakes cuck cucks feminazi sheep puppet shill troll trolls hater haters hate hates
hated screw suck sucks sucked sucker sucking stfu gtfo wtf kys lmfao af smh bullshitter balls tits boobs butt butthole
anus penis vagina dildo porn jerk jerks brat skunk hag witch punk goon goons weasel sleazy sleaze slimy shameless
ashamed shame disgust disgusts despicable deplorable horrible terrible awful shut mouth arseholes assclown assclowns
asshat asshats asswipe bellend bimbo bonehead bootlicker boob bullshitting buffoon charlatan chump clusterfuck
cockwomble conman crackhead crackpot cretin cum degenerate degenerates demented dickheads dimwit dipshit dipshits
disgusted doofus dope dork dumbasses dumbfuck dumbo dunce effing evildoer f*ck fucks fuckface fucktard fuckwit
fugly freak freaks gaslighting ghetto ghoul ghouls grifter halfwit harlot hooker hookers hussy hypocritcal
imbeciles incel incels infantile inbred infidel jackasses jerkoff junkie kkk kissass klan knobhead leftard lowlife
lowlifes lunacy maggot maggots mansplain miscreant moonbat mutt nazism neanderthal ngga nincompoop nitwit nonce
nutcases numbskull nutter oaf pansy pathological peasant pedophilia perverted pillock pisses pissing piece pos prat
prostitute puke rabid ratchet rotten sadist schmuck screwed scoundrel sexual shitbag shitbags shite shits shittiest
sicko sickos simp simpleton skanky sleazebag slimeball slimebag slob sod spineless stinking stink stinks supremacist
supremacists swamp tard terrorism thicko tosser tool toxic trashy trollop turd turds twatwaffle twit tyrant ugliest
vomit vulgar wank weirdo weirdos whiny whining wimp witchhunt wuss yob zombie zombies b*tch bish b1tch biatch
sh*t s*t azz fvck phuck hoax stupidest stupidly lied conned crybaby crybabies 🖕 💩 🐍 🤡
)";

inline constexpr std::string_view kGoesWrong = R"(
waiting wait waited waits hold holding stuck stranded missed missing delayed delay delays delaying cancelled canceled
cancel cancelling cancellation closed lost refund refunded rebook rebooked reschedule rescheduled hours hrs hour hr
mins answer answers answering response respond responding reply replied ignored ignore broken broke crash crashed
crashes crashing error errors down offline outage disconnected hung dropped overcharged charged fee fees expired
refused denied reject rejected nobody unable cannot can't cant won't wont wouldn't doesn't didn't isn't hasn't haven't
never still again another nothing without supposed instead late yet anymore complaint complain issue issues problem
problems trouble disappointed unacceptable fail failed fails rude worst
)";

inline constexpr std::string_view kRequests = R"(
please pls plz help can could would may any anyone anybody possible possibly chance question questions wondering
wonder know tell info information advise advice how what when where which who does do is are will should link send
email dm number follow confirm check need looking allow allowed available option options
)";

inline constexpr std::string_view kThanks = R"(
thanks thank thx ty tks thankyou appreciate appreciated grateful awesome great amazing love excellent best kudos
perfect helpful nice good yay cheers wonderful fantastic glad happy impressed
)";

}  // namespace earshot::model
