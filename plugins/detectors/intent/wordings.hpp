// wordings.hpp: the patterns of each intent, written for this project. Data only.
#pragma once

namespace earshot::intent {

inline constexpr const char* kAsks = R"(
!does|do|did|has|have anyone|anybody|someone|somebody ~ know|knows|have|heard|tried|use|used|try|seen|else
!anyone|anybody know|knows|tried|have|heard|recommend
!anyone|anybody else ~ ?
!how do|can|does|would|should|did i|you|we|one|it|this
!how to ~ ?
!where can|do|could i|we|you
!when will|does|is|are|do ~ ?
!what is|are|time|day|kind ~ the|does|do|is|are|of ~ ?
!which one|is|phone|version|model|should ~ ?
!is there|it a|an|any|anyway|anything|possible|true|still ~ ?
!are there any
!are you|they going|planning|still|open
!can i|you|someone|somebody|anyone|u please|plz|pls|tell|help|explain|get|still|use|buy|dm|confirm
!could you|someone ~ ?
!should i ~ ?
!will|would|does it|they|this|the ~ ?
!do|does you|it|this have|sell|offer|support|work|ship|know ~ ?
!why is|are|does|did|can't|isn't|doesn't my|the|it|this ~ ?
!any idea|ideas|word|news|update|updates|chance|advice|tips|suggestions|recommendations ~ ?
!question for <user>|@|you|anyone|the
!quick question
!i have|had a question
i need|want to know
!i'm|i|im|was wondering
!<user> what|how|when|where|which|is|are|do|does|did|can|could|will|would|any|has|have|was|were|should|hi|hello|hey ?
!is|does|did|has anyone|anybody|someone|somebody ?
!might|could|can|would|will you|u|y'all ~ ?
!do you|u|y'all|guys think|know|have|plan|mind|offer|want|ever|still|guys ?
!did you|u|y'all|guys think|want|ever|get|see ?
!can|could|would|will you|u ~ please|pls|plz
!wondering if|when|why|how|whether
)";

inline constexpr const char* kComplains = R"(
worst ~ service|experience|company|airline|customer|app|phone|product|update
!terrible|horrible|awful|poor|bad|worst|pathetic|appalling customer|service|experience|quality|support
!still waiting|no
!no response|reply|answer|help|one answered
!never works|worked|arrived|received
!doesn't|doesnt|does|dont|won't|wont|not work|working|load|open|connect|charge
!stopped|stops|quit working
!keeps|keep crashing|freezing|dying|failing|dropping|restarting|breaking|telling
!fix|fixed your|this|it|the|that|ur
!your|ur app|service|site|website|product|update|software|support|system|store sucks|is|was|keeps|has|won't|doesn't down|broken|terrible|awful|useless|horrible|crashed
!so|very|really|extremely|beyond disappointed|frustrated|frustrating|annoyed|annoying|angry
!i'm|im|i|we|so|very|really|am|beyond disappointed|frustrated|annoyed with|by|in|that
so|i'm|im|am|getting fed up
!waste of money|time
!want|wants|demand|need|give my|a|me ~ refund|money
!money back
!rip off
ripped|scammed me|by|off
!on hold ~ for|hour|hours|minutes|mins
!what a joke|disgrace|shame|rip
is|are ~ broken|useless|rubbish|garbage|trash
you|u|it|this|app|service|game|update|phone|@apple|which sucks
your ~ sucks
!lost|damaged|broke|ruined|cancelled my ~ bag|bags|luggage|package|order|parcel|screen|phone|flight
!unacceptable
!can't|cant|cannot|unable even|to log|login|connect|reach|access|get|sign ~ in|on|to|through|support|account|help
!how hard is it
!get your|ur act|shit|stuff together
!this|that|it is|was ~ ridiculous|unacceptable|trash|garbage|pathetic|disgraceful|bullshit|infuriating
!pure|absolute|utter|complete|total trash|garbage|rubbish|bullshit|joke|crap|shambles|disgrace
!full of shit|bugs|crap|lies|glitches|cheaters|hackers
i|we|i'm really|so|fucking hate|hated this|the|your|<user> ~ game|app|phone|update|service|company|site|store|product|support
!driving|drives|drive me crazy|insane|nuts|mad
!ruined my|our
!won't|wont|doesn't|didn't|not let|letting me
!let|letting me|us|down ~ down|again
thanks|thank|thx for nothing|ruining|wasting|losing|breaking|cancelling
!nobody|noone ~ answers|helps|responds|answered|helped
!no one ~ answers|helps|responds|answered|helped
!not happy|impressed|acceptable|okay|good with|by|at|enough|customer
!get your|ur|it together
waiting|waited ~ hour|hours|weeks|months|days
!hours|days|weeks|months late|later|waiting|on|and ~ still|no|nothing|hold
!how long are|do you|we|i ~ going|have|wait
!losing|lost|wasted|wasting all|my|hours ~ progress|money|time|saves|data|patience
!rude|unhelpful|incompetent staff|employee|employees|agent|agents|people|support|service
!so|very|incredibly|extremely|such rude|unhelpful|unprofessional|incompetent
!full refund|compensation
!never|not saves|save|loads|loading|updates|responded|replied|answered
!do something about
)";

inline constexpr const char* kBuys = R"(
i|we|i'm|im|we're|i'll|ill ~ buying|order|ordering|purchase|purchasing|preorder|preordering a|an|the|one|my|this|that|it|new|some|tickets
i|we|i'm|im|we're ~ want|wanna|going|gonna|need|have|planning|thinking|ready|about ~ to|of buy|order|purchase|preorder a|an|the|one|my|this|that|it|new|some|tickets
i|we|i'm|im ~ wanna|gonna|gotta buy|order|preorder|cop|purchase a|an|the|one|this|that|it|new|some|tickets
i|we ~ want|need|wanna get|have|a|the an|a|the|new apple|iphone|ipad|xbox|ps0|macbook|samsung|phone|laptop|watch|console|tv
i'll|ill buy|preorder|purchase|order one|this|that|them|two|it
!where can|do i|we buy|order|purchase|get ~ ?
where to buy
!how much is|are|does|do|for ~ cost|?
!what's|whats|what is|the the|price price|of
just pre-ordered|preordered|ordered|bought|purchased|copped my|a|an|the|one|it|this|some|these|two
i|we|i've|we've|ive pre-ordered|preordered my|a|an|the|one|it|this
i|we|i've|we've|ive finally|already ordered|bought|purchased my|a|an|the|one|it|this|some|these
take my money
i want|need one|this|these so|bad|badly|now|asap
saving up for|to
i'm|im|am|i|we|we're in the market for
i'm|im|i|we looking|am to|for|looking buy|purchase|replacement|for|to a|an|new|good|used|buy|replacement
!i|i'm|im|we ~ can't|cant|cannot wait to buy|own
!can't|cant|cannot wait to buy|own
)";

inline constexpr const char* kRecommends = R"(
highly|strongly|definitely|would|i|i'd|can recommend|recommended ~ it|this|the|them|these|you|for|checking|that|trying|to
highly recommended|recommend
recommend ~ to everyone|anyone|everybody|you|all
you should|must|gotta definitely|really|try|check|watch|read|see|to try|check|watch|read|see|play|visit|it|this|out
everyone|everybody|y'all|yall|guys should|must|needs|need|gotta definitely|to|try|check|watch|read|see|play|download try|check|watch|read|see|play|download|it|this|out
well|definitely worth it|every|a|your
a|definitely must have|see|buy|read|watch|try|play
!can't|cannot|cant recommend it|this|them|you ~ highly|enough
!do yourself a favor|favour
!if you haven't|havent ~ you|u|get|check|go|do should|need|must|have|on|it|out|so
highly suggest
go check|watch|see|download|buy|get it|this|out|yours ~ now|today|people|guys|everyone|you
!you won't|wont regret
two|2 thumbs up
)";

inline constexpr const char* kLeaves = R"(
i|i'm|im|we|we're ~ switching|switched|switch|moving|jumping to|back|over|from ~ android|iphone|apple|samsung|google|microsoft|windows|verizon|sprint|at|tmobile|mobile|att|mac|pc|linux|xbox|ps0|another|different|provider|carrier
!cancel|cancelled|canceled|cancelling|canceling|cancels my|our subscription|account|membership|contract|service|plan|policy|preorder|order|prime
!i'm|im|i|we're|we am|so|officially|totally|done|are|finally ~ done with you|this|them|your|apple|google|microsoft|samsung|company|twitter|amazon|netflix|nintendo|sony|xbox|game
!done with apple|google|microsoft|samsung|amazon|netflix|nintendo|sony|verizon|comcast|twitter
!i|i'm|im|i'll|ill|we ~ never using|use|buying|buy|flying|fly|shopping|shop|ordering|order ~ again|you|your|from|anything
!i|i'll|ill|we ~ never|not ~ again buy|use|fly|shop
!last time i|i'll|we ~ buy|use|order|fly|shop|trust
!i'm|im|just|officially|am deleting|deleted|uninstalling|uninstalled|unsubscribing|unsubscribed the|my|this|your|from|it
!i'm|im|am|i|we're|we|are leaving|ditching|ditched|dumping|dumped|quitting apple|google|microsoft|samsung|verizon|sprint|netflix|twitter|facebook|amazon|iphone|android|xbox
!lost a|my|me|another ~ customer|business
!taking|take|took my|our business|money elsewhere|somewhere
!won't|wont be renewing|buying|using|returning ~ again|from|your|you|anymore|it
!closing|closed|close my|our account|accounts
!time to switch|leave|ditch|cancel to|apple|you|my|this|from
!time for a new carrier|provider|bank
!find|found|finding a|another new|different|better|provider|carrier|bank|airline provider|carrier|bank|airline|company|and|to
!never flying|using|buying|shopping|ordering|playing|booking|staying|eating|coming|returning ~ again|anymore|another|back
!never fly|use|buy|shop|order|book|eat|return ~ again|anymore|another
!i'll|ill|will never buy any|another|from|your|their
!never again $
!i'm|im|we're done $
!switching|switched|moving|moved ~ to|over|back <user>|android|iphone|apple|samsung|google|microsoft|windows|verizon|sprint|tmobile|att|mac|pc|linux|xbox|playstation|ps0
!making|made|make the switch to|from
i'm|im|i|we|we're ~ going|gone|go back to android|iphone|apple|samsung|windows|verizon|sprint|mac|pc|xbox|playstation|ps0
!won't|wont|not be flying|playing|shopping|booking|ordering|using|buying|renewing|returning ~ again|from|your|you|anymore|it|then|with|back|them|this
!won't|wont|not fly|shop|book|use|buy ~ again|anymore
!not buying|playing|using the next|another|again|anymore|any
!refuse|refusing to buy|use|fly|shop
!no longer ~ customer|subscriber|member
!i|we no longer use|buy|shop|fly|play
!can't|cant|cannot wait to switch|leave|cancel ~ to|from|you|this|my
!next time ~ flying|using|choosing|buying|booking with|from|another|someone
!last time ~ i'm|im|we're|i'll|we'll ~ flying|using|buying|ordering|shopping|fly|use|buy
!had|have enough of you|your
not renewing
)";

}  // namespace earshot::intent
