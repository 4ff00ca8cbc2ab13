package account

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"

	"echoppe.dev/platform/driver/mail"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/i18n"
)

// Locales holds the words of the letters and of this package's refusals.
//
//go:embed locales/*.json
var Locales embed.FS

//go:embed letter.html
var letterText string

// Letter is the job of writing to somebody. It holds no token: that is made when it is written.
type Letter struct {
	Purpose Purpose     `json:"purpose"`
	Account ID          `json:"account"`
	Shop    registry.ID `json:"shop,omitzero"` // an invitation to this shop
}

// Kind names the job.
func (Letter) Kind() string { return "account.letter" }

// Postman writes letters and sends them.
type Postman struct {
	accounts *Accounts
	sender   mail.Sender
	from     mail.Address
	office   string
	brand    string
	words    *i18n.Catalog
	page     *template.Template
}

// NewPostman sends as from; office is the origin that links lead to, brand signs the letters.
func NewPostman(a *Accounts, s mail.Sender, from mail.Address, office, brand string) *Postman {
	words, err := i18n.Load(Locales, "locales")
	if err != nil {
		panic(err) // the files are compiled in, and tested
	}
	return &Postman{
		accounts: a, sender: s, from: from, office: office, brand: brand,
		words: words, page: template.Must(template.New("letter").Parse(letterText)),
	}
}

// letterPage is what the template of a letter shows.
type letterPage struct {
	Lang                                               i18n.Locale
	Subject, Hello, Text, Action, Address, Note, Brand string
}

// Deliver is the handler of Letter. A letter to an account that is gone or blocked is dropped.
// Errors are those of mail.Sender; the job is tried again.
func (p *Postman) Deliver(ctx context.Context, l Letter) error {
	var to Account
	var token, shop string
	err := p.accounts.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		row, err := byID(tx, l.Account)
		if err != nil {
			return err
		}
		if row.BlockedAt != nil {
			return ErrUnknown
		}
		to = row.account()
		if !l.Shop.IsZero() {
			err := tx.DB().Raw("select coalesce(nullif(name, ''), slug, '') from shops where id = ?", l.Shop).Scan(&shop).Error
			if err != nil {
				return err
			}
		}
		token, err = p.accounts.NewLink(tx, l.Account, l.Purpose, 0)
		return err
	})
	if errors.Is(err, ErrUnknown) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("prepare letter: %w", err)
	}
	m, err := p.write(to, l.Purpose, token, shop)
	if err != nil {
		return err
	}
	return p.sender.Send(ctx, m)
}

func (p *Postman) write(to Account, purpose Purpose, token, shop string) (mail.Message, error) {
	what := string(purpose)
	if shop != "" {
		what = "invite"
	}
	args := map[string]any{"brand": p.brand, "shop": shop, "email": to.Email}
	say := func(part string) string { return p.words.T(to.Locale, "letter."+what+"."+part, args) }
	v := letterPage{
		Lang: to.Locale, Subject: say("subject"), Hello: p.words.T(to.Locale, "letter.hello", nil),
		Text: say("text"), Action: say("action"), Address: p.office + LinkPath + token,
		Note: p.words.T(to.Locale, "letter.note", nil), Brand: p.brand,
	}
	var html bytes.Buffer
	if err := p.page.Execute(&html, v); err != nil {
		return mail.Message{}, fmt.Errorf("write letter: %w", err)
	}
	return mail.Message{
		From: p.from, To: []mail.Address{{Name: to.Name, Address: to.Email}}, Subject: v.Subject,
		Text: v.Hello + "\n\n" + v.Text + "\n\n" + v.Action + ":\n" + v.Address + "\n\n" + v.Note + "\n\n" + v.Brand + "\n",
		HTML: html.String(),
		// Machines that answer letters need not answer this one (RFC 3834, section 5).
		Headers: map[string]string{"Auto-Submitted": "auto-generated"},
	}, nil
}
