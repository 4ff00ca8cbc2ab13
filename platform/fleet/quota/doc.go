// Package quota refuses what goes beyond a plan.
//
// Each check is a pure function: what the plan allows, what is there, what is to be added. The
// refusal carries the figures, so that the page can say how far over the limit the person is and
// what to do about it (FLT-05). Whoever owns the things counts them, in the transaction that adds
// to them; this package counts nothing and stores nothing.
package quota
