package kv

import (
	"context"
	"sync"
	"time"

	"echoppe.dev/platform/kit/clock"
)

// lease is how long a deed may take. A process that died while it did one keeps the deed from being done
// again for so long, because nobody knows how far it came.
const lease = 10 * time.Minute

// Once remembers what came of deeds that are to be done a single time.
type Once struct {
	client *Client
	own    *notes
}

// Once returns the memory of deeds that all processes share through Redis. While Redis is away each
// process remembers for itself.
func (c *Client) Once() *Once {
	return &Once{client: c, own: &notes{clock: c.clock, young: map[string]note{}}}
}

// Turn is what a deed that is asked for finds.
type Turn int

// The turns. A deed that is Mine must be ended with Done or Free.
const (
	Mine   Turn = iota // nobody has done it: do it
	Doing              // somebody is at it
	Before             // it was done; the result is known
)

// doing stands for the result of a deed that is not done; results begin with done.
const (
	doing = "…"
	done  = "="
)

// Begin asks for the turn to do the deed named by key in the key space of a shop.
func (o *Once) Begin(ctx context.Context, shop, key string) (Turn, string) {
	space, key := o.client.For(shop), "once:"+key
	mine, err := space.SetNew(ctx, key, doing, lease)
	if err == nil && mine {
		return Mine, ""
	}
	var was string
	if err == nil {
		was, mine, err = space.Get(ctx, key)
		mine = !mine // it was freed or ended between the two: the caller asks again
	}
	if err != nil {
		was, mine = o.own.begin(space.prefix + key)
		if mine {
			return Mine, ""
		}
	}
	if mine || was == doing {
		return Doing, ""
	}
	return Before, was[len(done):]
}

// Done ends a deed and keeps its result for ttl.
func (o *Once) Done(ctx context.Context, shop, key, result string, ttl time.Duration) {
	space, key := o.client.For(shop), "once:"+key
	if err := space.Set(ctx, key, done+result, ttl); err != nil {
		o.own.keep(space.prefix+key, done+result, ttl)
	}
}

// Free ends a deed that came to nothing, so that it can be asked for again.
func (o *Once) Free(ctx context.Context, shop, key string) {
	space, key := o.client.For(shop), "once:"+key
	o.own.drop(space.prefix + key)
	_ = space.Delete(ctx, key) // without Redis the lease ends it
}

// maxNotes bounds the memory of the fallback: about 2 MB.
const maxNotes = 5_000

// notes is the same memory within the process, in two generations: when the young one is full it becomes
// the old one, and the old one is forgotten.
type notes struct {
	clock      clock.Clock
	mu         sync.Mutex
	young, old map[string]note
}

type note struct {
	text  string
	until time.Time
}

// begin tells what is noted, or notes that the deed is being done.
func (n *notes) begin(key string) (was string, mine bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	found, known := n.young[key]
	if !known {
		found, known = n.old[key]
	}
	if known && n.clock.Now().Before(found.until) {
		return found.text, false
	}
	n.set(key, doing, lease)
	return "", true
}

func (n *notes) keep(key, text string, ttl time.Duration) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.set(key, text, ttl)
}

func (n *notes) drop(key string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.young, key)
	delete(n.old, key)
}

func (n *notes) set(key, text string, ttl time.Duration) {
	if _, known := n.young[key]; !known && len(n.young) >= maxNotes/2 {
		n.old, n.young = n.young, map[string]note{}
	}
	n.young[key] = note{text, n.clock.Now().Add(ttl)}
}
