package bank

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// Post is a notice on its way to a shop.
type Post struct {
	ID       string    `json:"id"`
	Merchant string    `json:"merchant"` // whose key signs, whatever number the message carries
	Message  Message   `json:"message"`
	Notify   string    `json:"notify"`
	Due      time.Time `json:"due"`
	Forged   bool      `json:"forged,omitempty"` // signed with a key of nobody
	After    bool      `json:"after,omitempty"`  // only when the one before it was answered
	Done     bool      `json:"done,omitempty"`   // answered as expected, or given up
	Answers  []Answer  `json:"answers,omitempty"`
}

// Answer is what the shop said.
type Answer struct {
	At     time.Time `json:"at"`
	Status int       `json:"status"` // 0 when it could not be reached
	Body   string    `json:"body"`
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
	answer := b.post(ctx, it.post)
	if ctx.Err() != nil {
		return // the bank is closing: this was no answer
	}
	_, err := b.change(it.token, func(p *Payment) error {
		for i := range p.Posts {
			if p.Posts[i].ID == it.post.ID {
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
func (b *Bank) post(ctx context.Context, post Post) Answer {
	fail := func(err error) Answer { return Answer{At: b.options.Clock.Now(), Body: err.Error()} }
	if !b.allowed(post.Notify) {
		return fail(fmt.Errorf("this bank does not call %s", post.Notify))
	}
	body, err := json.Marshal(post.Message)
	if err != nil {
		return fail(err)
	}
	key, err := b.signingKey(post)
	if err != nil {
		return fail(err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, post.Notify, bytes.NewReader(body))
	if err != nil {
		return fail(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "Fakebank/1")
	req.Header.Set("Bank-Signature", seal(key, b.options.Clock.Now().Unix(), body))
	resp, err := b.client.Do(req)
	if err != nil {
		return fail(err)
	}
	defer func() { _ = resp.Body.Close() }()
	said, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return fail(err)
	}
	return Answer{At: b.options.Clock.Now(), Status: resp.StatusCode, Body: string(said),
		Right: resp.StatusCode == http.StatusOK && string(said) == "OK "+post.Message.ID}
}

func (b *Bank) signingKey(post Post) ([]byte, error) {
	if post.Forged {
		return nobodysKey()
	}
	_, key, ok := b.merchant(post.Merchant)
	if !ok {
		return nil, errors.New("no contract any more")
	}
	return key, nil
}

// nobodysKey is as good as any key, and nobody's.
func nobodysKey() ([]byte, error) {
	key := make([]byte, 32)
	_, err := rand.Read(key)
	return key, err
}
