// Package quota refuses what goes beyond a plan.
//
// Each check is a pure function: what the plan allows, what is there, what is to be added. The
// refusal carries the figures, so that the page can say how far over the limit the person is and
// what to do about it (FLT-05). Whoever asks has the things counted; this package counts nothing and
// stores nothing.
//
// Articles are those outside the archive: archiving is how one makes room, since an article that was
// sold is not deleted, and what leaves the archive is asked for like what is new.
//
// Nobody asks for Mails yet. Every letter of a shop is about an order or an account and must not be
// dropped for a plan; the rule is for what merchants will send of their own accord, and until then
// no price list names the figure.
package quota
