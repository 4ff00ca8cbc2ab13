package catalog

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/markup"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/stock"
)

// Save stores one article, new (zero ID) or edited. The article gets its ids, addresses and next
// revision.
//
// Errors: Invalid with fields; ErrStale when it was saved by somebody else since it was read;
// ErrCodeTaken, ErrSKUTaken, ErrSlugTaken; ErrNode, ErrProduct for things it names that do not exist.
func Save(ctx context.Context, shop *tenant.Shop, who tenant.Actor, p *Product) error {
	if err := p.Check(); err != nil {
		return err
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		var before *Product
		action := "product.created"
		if !p.ID.IsZero() {
			have, err := find(tx, p.ID)
			if err != nil {
				return err
			}
			if have.Rev != p.Rev {
				return ErrStale
			}
			before, action = have, "product.saved"
		}
		edited := *p // a retried unit of work must start from what was given
		if err := SaveAll(tx, []*Product{&edited}); err != nil {
			return err
		}
		if err := tx.Record(who, action, "product/"+edited.ID.String(), before, edited); err != nil {
			return err
		}
		*p = edited
		return nil
	})
}

// SaveAll stores many articles in a handful of statements: the door of imports. The caller has
// checked them, and has locked those that exist (Lock). New variants start with their OnHand;
// existing ones keep theirs.
//
// Errors as for Save, except Invalid and ErrStale.
func SaveAll(tx tenant.Tx, products []*Product) error {
	if len(products) == 0 {
		return nil
	}
	s, err := settings.Load(tx)
	if err != nil {
		return err
	}
	for _, p := range products {
		prepare(tx, p)
	}
	if err := assignSlugs(tx, products, s.Languages.Default); err != nil {
		return err
	}
	doc, err := json.Marshal(rowsOf(products))
	if err != nil {
		return fmt.Errorf("write articles: %w", err)
	}
	batch := &pgx.Batch{}
	for _, sql := range saveStatements {
		batch.Queue(sql, string(doc))
	}
	if err := tx.Raw().SendBatch(tx.Context(), batch).Close(); err != nil {
		return translate(fmt.Errorf("write articles: %w", err))
	}
	tx.Touch()
	return nil
}

// prepare gives an article what the caller left to the catalogue.
func prepare(tx tenant.Tx, p *Product) {
	if p.ID.IsZero() {
		p.ID, p.CreatedAt = id.New[Product](), tx.Now()
	}
	p.UpdatedAt = tx.Now()
	p.Rev++
	if p.State == Published && p.PublishedAt == nil {
		now := tx.Now()
		p.PublishedAt = &now
	}
	texts := make(map[i18n.Locale]Text, len(p.Texts))
	for l, t := range p.Texts {
		t.Body = markup.Sanitise(t.Body)
		texts[l] = t
	}
	p.Texts = texts
	p.Variants = slices.Clone(p.Variants)
	for i := range p.Variants {
		if p.Variants[i].ID.IsZero() {
			p.Variants[i].ID = id.New[stock.Variant]()
		}
	}
}

// Lock reads and locks articles by code, for an import that will save them. Those that do not
// exist are absent from the answer.
func Lock(tx tenant.Tx, codes []string) (map[string]*Product, error) {
	var ids []ProductID
	err := tx.DB().Raw("select id from products where code in ? order by id for update", codes).Scan(&ids).Error
	if err != nil {
		return nil, fmt.Errorf("lock articles: %w", err)
	}
	found, err := FindAll(tx, ids)
	if err != nil {
		return nil, err
	}
	byCode := make(map[string]*Product, len(found))
	for _, p := range found {
		byCode[p.Code] = p
	}
	return byCode, nil
}

// SetState publishes, withdraws or archives articles.
func SetState(ctx context.Context, shop *tenant.Shop, who tenant.Actor, products []ProductID, to State) error {
	if !slices.Contains([]State{Draft, Published, Archived}, to) {
		return fault.Invalid(fault.Field{Name: "state", Key: "form.choice"})
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		err := tx.DB().Exec(`update products set state = ?, rev = rev + 1, updated_at = ?,
			published_at = case when ? = 'published' then coalesce(published_at, ?) else published_at end
			where id in ?`, to, tx.Now(), to, tx.Now(), products).Error
		if err != nil {
			return fmt.Errorf("set state of articles: %w", err)
		}
		tx.Touch()
		for _, p := range products {
			if err := tx.Record(who, "product."+string(to), "product/"+p.String(), nil, nil); err != nil {
				return err
			}
		}
		return nil
	})
}
