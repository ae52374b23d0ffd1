// wordings.hpp: the patterns of each intent, written for this project. Data only.
#pragma once

namespace earshot::intent {

inline constexpr const char* kAsks = R"(
!does|do|did|has|have anyone|anybody|someone|somebody ~ know|knows|have|heard|tried|use|used|try|seen|else
!anyone|anybody know|knows|tried|else|have|heard|recommend
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
!question for|about
!i have|had a question
i need|want to know
!i'm|i|im|was wondering
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
!do something about
)";

inline constexpr const char* kBuys = R"(
i|we|i'm|im|we're|i'll|ill ~ buying|order|ordering|purchase|purchasing|preorder|preordering a|an|the|one|my|this|that|it|new|some|tickets
i|we|i'm|im|we're ~ want|wanna|going|gonna|need|have|planning|thinking|ready|about ~ to|of buy|order|purchase|preorder a|an|the|one|my|this|that|it|new|some|tickets
i|we|i'm|im ~ wanna|gonna|gotta buy|order|preorder|cop|purchase a|an|the|one|this|that|it|new|some|tickets
i|we ~ want|need|wanna get|have|a|the an|a|the|new apple|iphone|ipad|xbox|ps0|macbook|samsung|phone|laptop|watch|console|tv
i'll|ill buy|preorder|purchase|order one|this|that|them|two|it
!where can|do i|we buy|order|purchase|get|find ~ ?
where to buy
!how much is|are|does|do|for ~ cost|?
!what's|whats|what is|the the|price price|of
i|we|just just|pre-ordered|preordered|ordered|bought|purchased pre-ordered|preordered|ordered|bought|purchased|my|a|the
take my money
i want|need one|this|these so|bad|badly|now|asap
saving up for|to
in the market for
i'm|im|i|we looking|am to|for|looking buy|purchase|replacement|for|to a|an|new|good|used|buy|replacement
i|i'm|im|we ~ can't|cant|cannot wait to buy|own
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
not renewing
)";

}  // namespace earshot::intent
