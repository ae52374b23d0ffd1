#pragma once
#define EAR_ADDS_NOTHING 32u
#define EAR_REPLAYS 64u
