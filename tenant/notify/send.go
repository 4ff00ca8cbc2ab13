package notify

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/driver/mail"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
)

// SendMail is the job that sends one letter.
type SendMail struct {
	Shop tenant.ID `json:"shop"`
	Mail MailID    `json:"mail"`
}

// Kind is stored with the job.
func (SendMail) Kind() string { return "notify.send" }

// Policy tries for sixteen hours: a mail server that is away over night loses no order.
func (SendMail) Policy() jobs.Policy {
	return jobs.Policy{Attempts: 72, FirstRetry: 10 * time.Second, MaxRetry: 15 * time.Minute, Timeout: time.Minute}
}

// Opener opens the shop a job is for; tenant.Opener is one.
type Opener interface {
	ByID(ctx context.Context, shop tenant.ID) (*tenant.Shop, error)
}

// Postman sends letters. Safe for concurrent use.
type Postman struct {
	opener Opener
	sender mail.Sender
	facts  Facts
	sealer secret.Sealer
	from   string // the address all shops write from; their own is where answers go
}

// NewPostman makes a postman. from is the mail address that the platform's server may write from.
func NewPostman(o Opener, s mail.Sender, f Facts, sealer secret.Sealer, from string) *Postman {
	return &Postman{opener: o, sender: s, facts: f, sealer: sealer, from: from}
}

// Register makes the postman work the jobs of SendMail.
func (p *Postman) Register(r *jobs.Registry) { jobs.HandleJob(r, p.send) }

// letterRow is a letter as it waits.
type letterRow struct {
	ID        MailID
	OrderID   OrderID
	QuoteID   QuoteID
	Kind      Kind
	Recipient string
	Locale    i18n.Locale
	State     State
	Data      []byte
	Content   content `gorm:"-"`
}

// read finds a letter. Errors: ErrUnknown.
func read(tx tenant.Tx, m MailID) (*letterRow, error) {
	var rows []letterRow
	err := tx.DB().Raw("select id, order_id, quote_id, kind, recipient, locale, state, data from mails where id = ?", m).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read letter: %w", err)
	}
	if len(rows) == 0 {
		return nil, ErrUnknown
	}
	if err := json.Unmarshal(rows[0].Data, &rows[0].Content); err != nil {
		return nil, fmt.Errorf("read letter %s: %w", m, err)
	}
	return &rows[0], nil
}

// send writes the letter, hands it over, and notes what became of it. A letter that has gone is not
// sent again, so the job may run twice.
func (p *Postman) send(ctx context.Context, j jobs.Job[SendMail]) error {
	shop, err := p.opener.ByID(ctx, j.Args.Shop)
	if err != nil {
		return fmt.Errorf("open shop of letter: %w", err)
	}
	var message *mail.Message
	var row *letterRow
	err = shop.Read(ctx, func(tx tenant.Tx) (err error) {
		if row, err = read(tx, j.Args.Mail); err == nil && row.State != Sent {
			message, err = p.write(tx, row)
		}
		return err
	})
	if err == nil && message == nil {
		return nil // gone already
	}
	if err == nil && partsOf[row.Kind].paper {
		err = p.enclose(ctx, shop, row, message)
	}
	if err == nil {
		err = p.sender.Send(ctx, *message)
	}
	if noted := note(ctx, shop, j, err); noted != nil {
		return noted
	}
	if err != nil {
		return fmt.Errorf("send letter: %w", err)
	}
	return nil
}

// note keeps the outcome on the row.
func note(ctx context.Context, shop *tenant.Shop, j jobs.Job[SendMail], failed error) error {
	// A worker told to stop has still to write down what it did.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	state, problem := Sent, ""
	if failed != nil {
		state, problem = Queued, fault.KeyOf(failed)
		if j.Last || fault.Is(failed, fault.Malformed) || fault.Is(failed, fault.NotFound) {
			state = Failed
		}
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		err := tx.DB().Exec(`update mails set state = ?, problem = ?, attempts = attempts + 1,
				sent_at = case when ? = 'sent' then ?::timestamptz end,
				data = case when ? = 'queued' then data else data - 'sealed' end where id = ?`,
			state, problem, state, tx.Now(), state, j.Args.Mail).Error
		if err != nil {
			return fmt.Errorf("note letter: %w", err)
		}
		return nil
	})
}

// enclose puts the paper of a quote into its letter.
func (p *Postman) enclose(ctx context.Context, shop *tenant.Shop, row *letterRow, m *mail.Message) error {
	paper, err := p.facts.QuotePaper(ctx, shop, row.QuoteID)
	if err != nil {
		return fmt.Errorf("paper of letter: %w", err)
	}
	m.Attachments = append(m.Attachments, *paper)
	return nil
}

// write puts a letter into words.
func (p *Postman) write(tx tenant.Tx, row *letterRow) (*mail.Message, error) {
	s, err := settings.Load(tx)
	if err != nil {
		return nil, err
	}
	l := layout{locale: row.Locale, shop: s, words: row.Content.Words}
	if row.Content.Sealed != "" {
		if l.link, err = p.sealer.Open(row.Content.Sealed, sealing(tx.Shop(), row.ID)); err != nil {
			return nil, fmt.Errorf("open link of letter: %w", err)
		}
	}
	if !row.OrderID.IsZero() {
		if l.order, err = p.facts.Facts(tx, row.OrderID, row.Locale, forStaff[row.Kind]); err != nil {
			return nil, fmt.Errorf("facts of letter: %w", err)
		}
	}
	if !row.QuoteID.IsZero() {
		if l.order, err = p.facts.QuoteFacts(tx, row.QuoteID, row.Locale); err != nil {
			return nil, fmt.Errorf("facts of letter: %w", err)
		}
	}
	if l.home = tx.Shop().BaseURL(); l.link == "" {
		l.link = l.target(row.Kind)
	}
	message, err := l.message(row.Kind)
	if err != nil {
		return nil, err
	}
	message.ID = row.ID.String()
	message.From = mail.Address{Name: l.sender(), Address: p.from}
	if reply := l.reply(); reply != "" {
		message.ReplyTo = mail.Address{Address: reply}
	}
	message.To, err = l.recipients(row.Recipient)
	return message, err
}

// ErrNobody: there is no address to write to.
var ErrNobody = fault.New(fault.Malformed, "notify.nobody")

func (l *layout) recipients(who string) ([]mail.Address, error) {
	var to []mail.Address
	switch who {
	case Buyer:
		if l.order != nil && l.order.Email != "" {
			to = append(to, mail.Address{Name: l.order.Buyer, Address: l.order.Email})
		}
	case Staff:
		for _, address := range l.shop.Mail.Staff {
			to = append(to, mail.Address{Address: address})
		}
		if len(to) == 0 && l.shop.Identity.Email != "" {
			to = append(to, mail.Address{Address: l.shop.Identity.Email})
		}
	default:
		to = append(to, mail.Address{Name: l.words["name"], Address: who})
	}
	if len(to) == 0 {
		return nil, ErrNobody
	}
	return to, nil
}
