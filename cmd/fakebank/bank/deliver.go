package bank

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Post is a notice on its way to a shop.
type Post struct {
	ID      string    `json:"id"`
	Event   string    `json:"event"` // what it is about
	Letter  string    `json:"letter"`
	Message Message   `json:"message"`
	Notify  string    `json:"notify"`
	Due     time.Time `json:"due"`
	Forged  bool      `json:"forged,omitempty"` // signed with a key of nobody
	After   bool      `json:"after,omitempty"`  // only when the one before it was answered
	Done    bool      `json:"done,omitempty"`   // answered as expected, or given up
	Sent    string    `json:"sent,omitempty"`   // as it went the last time
	Answers []Answer  `json:"answers,omitempty"`
}

// Answer is what the shop said.
type Answer struct {
	At     time.Time `json:"at"`
	Status int       `json:"status"` // 0 when it could not be reached
	Body   string    `json:"body"`
	Type   string    `json:"type,omitempty"` // Content-Type
	Right  bool      `json:"right"`
}

const (
	couriers  = 8    // notices under way at the same time
	maxAnswer = 2000 // bytes of an answer that are kept
	idle      = time.Minute
)

// parcel is a post to be carried now.
type parcel struct {
	token string
	post  Post
}

// deliver carries notices until ctx ends.
func (b *Bank) deliver(ctx context.Context) {
	free := make(chan struct{}, couriers)
	var under sync.WaitGroup
	defer under.Wait()
	busy := &sync.Map{}
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-b.wake:
		case <-timer.C:
		}
		due, next := b.due()
		for _, it := range due {
			if _, already := busy.LoadOrStore(it.post.ID, true); already {
				continue
			}
			select {
			case free <- struct{}{}:
			case <-ctx.Done():
				return
			}
			under.Go(func() {
				defer func() {
					busy.Delete(it.post.ID)
					<-free
					b.ring()
				}()
				b.carry(ctx, it)
			})
		}
		timer.Reset(next)
	}
}

// due lists what is to be carried now, and tells how long until there may be more.
func (b *Bank) due() ([]parcel, time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now, wait := b.options.Clock.Now(), idle
	var list []parcel
	for token := range b.pending {
		posts := b.payments[token].Posts
		for i, post := range posts {
			if post.Done || post.After && len(posts[i-1].Answers) == 0 {
				continue
			}
			if left := post.Due.Sub(now); left > 0 {
				wait = min(wait, left)
				continue
			}
			list = append(list, parcel{token, post})
		}
	}
	return list, wait
}

// carry posts a notice once and writes down what came of it.
func (b *Bank) carry(ctx context.Context, it parcel) {
	sent, answer := b.post(ctx, it)
	if ctx.Err() != nil {
		return // the bank is closing: this was no answer
	}
	_, err := b.change(it.token, func(p *Payment) error {
		for i := range p.Posts {
			if p.Posts[i].ID == it.post.ID {
				p.Posts[i].Sent = sent
				b.answered(&p.Posts[i], answer)
			}
		}
		return nil
	})
	if err != nil {
		b.options.Log.Error("fakebank: note an answer", "error", err)
	}
}

func (b *Bank) answered(post *Post, a Answer) {
	post.Answers = append(post.Answers, a)
	tries := len(post.Answers)
	if a.Right || tries > len(b.options.Backoff) {
		post.Done = true
		return
	}
	post.Due = a.At.Add(b.options.Backoff[tries-1])
}

// post sends a notice and reads the answer.
func (b *Bank) post(ctx context.Context, it parcel) (sent string, a Answer) {
	fail := func(err error) (string, Answer) {
		return sent, Answer{At: b.options.Clock.Now(), Body: err.Error()}
	}
	s, d, err := b.sayingOf(it)
	if err != nil {
		return fail(err)
	}
	letter, err := d.Notice(s, it.post.Letter)
	if err != nil {
		return fail(err)
	}
	if letter.URL == "" {
		letter.URL = it.post.Notify
	}
	if letter.Method == "" {
		letter.Method = http.MethodPost
	}
	if !b.allowed(letter.URL) {
		return fail(fmt.Errorf("this bank does not call %s", letter.URL))
	}
	sent = shownLetter(letter)
	req, err := http.NewRequestWithContext(ctx, letter.Method, letter.URL, bytes.NewReader(letter.Body))
	if err != nil {
		return fail(err)
	}
	maps.Copy(req.Header, letter.Header)
	if req.Header.Get("User-Agent") == "" {
		req.Header.Set("User-Agent", "Fakebank/1")
	}
	resp, err := b.client.Do(req)
	if err != nil {
		return fail(err)
	}
	defer func() { _ = resp.Body.Close() }()
	said, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return fail(err)
	}
	a = Answer{At: b.options.Clock.Now(), Status: resp.StatusCode, Body: string(said), Type: resp.Header.Get("Content-Type")}
	a.Right = d.Heard(s, it.post.Letter, a)
	return sent, a
}

// sayingOf is what a notice says, and the dialect it is said in.
func (b *Bank) sayingOf(it parcel) (Saying, Dialect, error) {
	p, ok := b.find(it.token)
	if !ok {
		return Saying{}, nil, ErrUnknown
	}
	d, ok := b.dialects[p.Request.Dialect]
	m, known := b.merchant(p.Request.Dialect, p.Request.Merchant)
	if !ok || !known {
		return Saying{}, nil, errors.New("no contract any more")
	}
	e, _ := p.find(it.post.Event)
	return Saying{Message: it.post.Message, Contract: m, Payment: p, Event: e, Forged: it.post.Forged, Try: len(it.post.Answers), Now: b.options.Clock.Now()}, d, nil
}

// shownLetter is a notice as the log shows it.
func shownLetter(l Letter) string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s %s\n", l.Method, l.URL)
	for _, name := range slices.Sorted(maps.Keys(l.Header)) {
		fmt.Fprintf(&text, "%s: %s\n", name, strings.Join(l.Header[name], ", "))
	}
	text.WriteByte('\n')
	text.Write(l.Body)
	return text.String()
}
