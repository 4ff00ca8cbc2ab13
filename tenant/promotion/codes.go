package promotion

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"math/big"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/discount"
)

// Issuing is a wish for codes for one use.
type Issuing struct {
	Count  int    // up to MaxIssue
	Prefix string // before the letters drawn, as discount.Code writes it
}

// letters are those of drawn codes: nobody takes one for another, on paper or on the telephone.
const letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

// drawn is how many letters of a code are drawn. Of the 10^14 codes there are, nobody guesses one of
// ten thousand at the pace of the shop window.
const drawn = 10

// Issue makes codes for one use each (DSC-03). Errors: ErrUnknown; ErrArchived; ErrNoCoupon for a rule
// without Issued; refused fields "count", "prefix".
func Issue(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which ID, want Issuing) error {
	want.Prefix = discount.Code(want.Prefix)
	var c form.Checker
	if want.Count < 1 {
		c.Refuse("count", form.KeyTooSmall, fault.Args{"min": 1})
	}
	if want.Count > MaxIssue {
		c.Refuse("count", form.KeyTooLarge, fault.Args{"max": MaxIssue})
	}
	c.OneLine("prefix", want.Prefix, maxPrefix)
	if err := c.Err(); err != nil {
		return err
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		s, err := Find(tx, which)
		switch {
		case err != nil:
			return err
		case s.Archived:
			return ErrArchived
		case !s.Rule.Issued:
			return ErrNoCoupon
		}
		if err := issue(tx, which, want); err != nil {
			return err
		}
		return tx.Record(who, "discount.codes_issued", "discount/"+s.ID, nil, want)
	})
}

// issue writes codes until as many as wanted were new.
func issue(tx tenant.Tx, which ID, want Issuing) error {
	for left := want.Count; left > 0; {
		codes := make([]string, left)
		for i := range codes {
			codes[i] = want.Prefix + draw()
		}
		done, err := tx.Raw().Exec(tx.Context(), `insert into discount_codes (code, discount_id, issued_at)
			select c, $1, $2 from unnest($3::text[]) c on conflict (code) do nothing`, which, tx.Now(), codes)
		if err != nil {
			return fmt.Errorf("issue codes: %w", err)
		}
		left -= int(done.RowsAffected())
	}
	return nil
}

func draw() string {
	code := make([]byte, drawn)
	for i := range code {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(letters))))
		if err != nil {
			panic(err) // crypto/rand does not fail
		}
		code[i] = letters[n.Int64()]
	}
	return string(code)
}

// ListCodes reads the codes for one use of a discount: those used last first, then the others by their
// text.
func ListCodes(tx tenant.Tx, which ID, limit int) ([]Code, error) {
	var rows []struct {
		Code     string
		IssuedAt time.Time
		Number   *string
	}
	err := tx.DB().Raw(`select c.code, c.issued_at, o.number from discount_codes c left join orders o on o.id = c.order_id
		where c.discount_id = ? and c.issued_at is not null
		order by o.placed_at desc nulls last, c.issued_at desc, c.code limit ?`, which, limit).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read codes: %w", err)
	}
	codes := make([]Code, len(rows))
	for i, r := range rows {
		codes[i] = Code{Text: r.Code, IssuedAt: r.IssuedAt.UTC()}
		if r.Number != nil {
			codes[i].Order = *r.Number
		}
	}
	return codes, nil
}

// Export writes the codes for one use as CSV: code, day of issue, number of the order that used it.
func Export(ctx context.Context, shop *tenant.Shop, which ID, to io.Writer, head [3]string) error {
	return shop.Read(ctx, func(tx tenant.Tx) error {
		if _, err := Find(tx, which); err != nil {
			return err
		}
		return export(tx, which, to, head)
	})
}
