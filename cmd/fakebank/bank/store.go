package bank

import "slices"

// most is how many payments are remembered; the oldest are forgotten first.
const most = 20_000

func refKey(r Request) string {
	return r.Dialect + "\x00" + r.Merchant + "\x00" + r.Mode + "\x00" + r.Ref
}

// open remembers a new payment, or finds the one of that reference. Errors: ErrClash when it was for
// something else.
func (b *Bank) open(r Request) (*Payment, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if token, known := b.byRef[refKey(r)]; known {
		p := b.payments[token]
		if p.Request.Amount != r.Amount || p.Request.Currency != r.Currency {
			return nil, ErrClash
		}
		return p.clone(), nil
	}
	p := &Payment{Token: b.draw(), Number: "PB" + b.draw()[:12], Serial: b.serial + 1, Request: r, Opened: b.options.Clock.Now()}
	if err := b.journal.write(line{Payment: p}); err != nil {
		return nil, err
	}
	b.put(p)
	return p.clone(), nil
}

// put files a payment; the lock is held.
func (b *Bank) put(p *Payment) {
	b.serial = max(b.serial, p.Serial)
	if _, known := b.payments[p.Token]; !known {
		b.order = append(b.order, p.Token)
	}
	b.payments[p.Token] = p
	b.byRef[refKey(p.Request)] = p.Token
	if slices.ContainsFunc(p.Posts, func(post Post) bool { return !post.Done }) {
		b.pending[p.Token] = true
	} else {
		delete(b.pending, p.Token)
	}
	if len(b.order) > most {
		oldest := b.payments[b.order[0]]
		delete(b.byRef, refKey(oldest.Request))
		delete(b.payments, oldest.Token)
		delete(b.pending, oldest.Token)
		b.order = slices.Delete(b.order, 0, 1)
	}
}

// change runs fn on a payment and keeps what it did, on disk first. Errors: ErrUnknown, fn's own.
func (b *Bank) change(token string, fn func(*Payment) error) (*Payment, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	p, ok := b.payments[token]
	if !ok {
		return nil, ErrUnknown
	}
	next := p.clone()
	if err := fn(next); err != nil {
		return nil, err
	}
	if err := b.journal.write(line{Payment: next}); err != nil {
		return nil, err
	}
	b.put(next)
	b.ring()
	return next.clone(), nil
}

// ring wakes the delivery.
func (b *Bank) ring() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// find reads a payment.
func (b *Bank) find(token string) (*Payment, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	p, ok := b.payments[token]
	if !ok {
		return nil, false
	}
	return p.clone(), true
}

// byReference is the payment a shop means.
func (b *Bank) byReference(r Request) (*Payment, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	token, ok := b.byRef[refKey(r)]
	if !ok {
		return nil, false
	}
	return b.payments[token].clone(), true
}

// first is the newest payment of which that is true.
func (b *Bank) first(fits func(*Payment) bool) (*Payment, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, token := range slices.Backward(b.order) {
		if p := b.payments[token]; fits(p) {
			return p.clone(), true
		}
	}
	return nil, false
}

// recent lists the newest payments.
func (b *Bank) recent(n int) []*Payment {
	b.mu.Lock()
	defer b.mu.Unlock()
	var list []*Payment
	for _, token := range slices.Backward(b.order) {
		if len(list) == n {
			break
		}
		list = append(list, b.payments[token].clone())
	}
	return list
}
