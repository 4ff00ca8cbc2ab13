package wanted

import (
	"context"
	"embed"
	"errors"
	"fmt"

	"echoppe.dev/platform/driver/mail"
	"echoppe.dev/platform/kit/i18n"
)

// Locales holds the words of the letters, the states and the refusals.
//
//go:embed locales/*.json
var Locales embed.FS

// Letter is the job of sending an answer. Rev is the one that is sent: where another was written since, that is sent by its
// own letter.
type Letter struct {
	Request ID  `json:"request"`
	Rev     int `json:"rev"`
}

// Kind names the job.
func (Letter) Kind() string { return "wanted.letter" }

// Postman writes letters and sends them.
type Postman struct {
	wanted *Wanted
	sender mail.Sender
	from   mail.Address
	brand  string
	words  *i18n.Catalog
}

// NewPostman sends as from; brand signs the letters.
func NewPostman(w *Wanted, s mail.Sender, from mail.Address, brand string) *Postman {
	words, err := i18n.Load(Locales, "locales")
	if err != nil {
		panic(err) // the files are compiled in, and tested
	}
	return &Postman{w, s, from, brand, words}
}

// Deliver is the handler of Letter. Errors are those of mail.Sender; the job is tried again.
func (p *Postman) Deliver(ctx context.Context, l Letter) error {
	r, err := p.wanted.Find(ctx, l.Request)
	if errors.Is(err, ErrUnknown) || err == nil && r.Rev != l.Rev {
		return nil
	}
	if err != nil {
		return err
	}
	say := func(key string) string {
		return p.words.T(r.Locale, key, map[string]any{"bank": r.Bank, "shop": r.ShopName, "brand": p.brand})
	}
	return p.sender.Send(ctx, mail.Message{
		// The same letter sent again after a doubtful failure is known again.
		ID:   fmt.Sprintf("wanted-%s-%d", r.ID, r.Rev),
		From: p.from, To: []mail.Address{{Address: r.Contact}}, Subject: say("wanted.letter.subject"),
		Text: say("wanted.letter.hello") + "\n\n" + say("wanted.letter."+string(r.State)) + "\n\n" + r.Answer + "\n\n" + say("wanted.letter.end") + "\n",
	})
}
