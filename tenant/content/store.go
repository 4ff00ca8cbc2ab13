package content

import (
	"encoding/json"
	"fmt"
	"time"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/tenant"
)

type pageRow struct {
	ID        ID
	Code      string
	Kind      Kind
	Place     Place
	Visible   bool
	Position  int
	Rev       int
	CreatedAt time.Time
	UpdatedAt time.Time
	Texts     []byte
}

// List reads all pages with their texts, in their order.
func List(tx tenant.Tx) ([]*Page, error) { return read(tx, "true") }

// Index reads the pages shoppers may see, in their order. Their texts have no Body: every page of
// the shop names them all and shows at most one.
func Index(tx tenant.Tx) ([]*Page, error) { return readTexts(tx, titleDoc, "visible") }

// Find reads one page. Errors: ErrUnknown.
func Find(tx tenant.Tx, page ID) (*Page, error) { return one(read(tx, "id = ?", page)) }

// FindByCode reads the page with that code. Errors: ErrUnknown.
func FindByCode(tx tenant.Tx, code string) (*Page, error) { return one(read(tx, "code = ?", code)) }

func one(pages []*Page, err error) (*Page, error) {
	if err != nil {
		return nil, err
	}
	if len(pages) == 0 {
		return nil, ErrUnknown
	}
	return pages[0], nil
}

// titleDoc and textDoc are a text in the form of Text, without and with its body.
const (
	titleDoc = "jsonb_build_object('Title', title, 'Slug', slug, 'Description', seo_description)"
	textDoc  = titleDoc + " || jsonb_build_object('Body', body)"
)

func read(tx tenant.Tx, where string, args ...any) ([]*Page, error) {
	return readTexts(tx, textDoc, where, args...)
}

func readTexts(tx tenant.Tx, doc, where string, args ...any) ([]*Page, error) {
	var rows []pageRow
	err := tx.DB().Raw(`select id, code, kind, place, visible, position, rev, created_at, updated_at,
			(select coalesce(jsonb_object_agg(locale, `+doc+`), '{}') from page_texts where page_id = pages.id) as texts
		from pages where `+where+" order by position, created_at, id", args...).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read pages: %w", err)
	}
	pages := make([]*Page, len(rows))
	for i, r := range rows {
		p := &Page{ID: r.ID, Code: r.Code, Kind: r.Kind, Place: r.Place, Visible: r.Visible, Position: r.Position, Rev: r.Rev,
			CreatedAt: r.CreatedAt.UTC(), UpdatedAt: r.UpdatedAt.UTC()}
		if err := json.Unmarshal(r.Texts, &p.Texts); err != nil {
			return nil, fmt.Errorf("read texts of page %s: %w", r.Code, err)
		}
		pages[i] = p
	}
	return pages, nil
}

// insert writes the row of a new page, after all others.
func insert(tx tenant.Tx, p *Page) error {
	err := tx.DB().Raw(`insert into pages (id, code, kind, visible, place, position, rev, created_at, updated_at)
		values (?, ?, ?, ?, ?, (select coalesce(max(position), 0) + 1 from pages), 1, ?, ?) returning position`,
		p.ID, p.Code, p.Kind, p.Visible, p.Place, p.CreatedAt, p.UpdatedAt).Scan(&p.Position).Error
	return refusal(err, p)
}

// update writes the row of a page that was shown at revision shown. Errors: ErrStale.
func update(tx tenant.Tx, p *Page, shown int) error {
	done := tx.DB().Exec(`update pages set code = ?, kind = ?, visible = ?, place = ?, rev = rev + 1, updated_at = ? where id = ? and rev = ?`,
		p.Code, p.Kind, p.Visible, p.Place, p.UpdatedAt, p.ID, shown)
	if done.Error != nil {
		return refusal(done.Error, p)
	}
	if done.RowsAffected == 0 {
		return ErrStale
	}
	p.Rev = shown + 1
	return nil
}

// write replaces the texts of a page.
func write(tx tenant.Tx, p *Page) error {
	if err := tx.DB().Exec("delete from page_texts where page_id = ?", p.ID).Error; err != nil {
		return fmt.Errorf("replace texts of page: %w", err)
	}
	for _, l := range locales(p.Texts) {
		t := p.Texts[l]
		err := tx.DB().Exec(`insert into page_texts (page_id, locale, title, slug, body, seo_description) values (?, ?, ?, ?, ?, ?)`,
			p.ID, l, t.Title, t.Slug, t.Body, t.Description).Error
		if pg.Constraint(err) == "page_texts_slug_key" {
			return ErrSlug.On("slug." + string(l)).Because(err)
		}
		if err != nil {
			return fmt.Errorf("write text of page: %w", err)
		}
	}
	return nil
}

func refusal(err error, p *Page) error {
	if err == nil {
		return nil
	}
	if pg.Constraint(err) == "pages_code_key" {
		return ErrCode.On("code").Because(err)
	}
	return fmt.Errorf("write page %s: %w", p.Code, err)
}
