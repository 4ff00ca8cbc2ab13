package content

import (
	"fmt"
	"time"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/kit/i18n"
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
}

// List reads all pages with their texts, in their order.
func List(tx tenant.Tx) ([]*Page, error) { return read(tx, "true") }

// ListVisible reads the pages shoppers may see, in their order.
func ListVisible(tx tenant.Tx) ([]*Page, error) { return read(tx, "visible") }

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

func read(tx tenant.Tx, where string, args ...any) ([]*Page, error) {
	var rows []pageRow
	err := tx.DB().Raw("select id, code, kind, place, visible, position, rev, created_at, updated_at from pages where "+where+
		" order by position, created_at, id", args...).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read pages: %w", err)
	}
	pages := make([]*Page, len(rows))
	byID := make(map[ID]*Page, len(rows))
	for i, r := range rows {
		pages[i] = &Page{ID: r.ID, Code: r.Code, Kind: r.Kind, Place: r.Place, Visible: r.Visible, Position: r.Position, Rev: r.Rev,
			CreatedAt: r.CreatedAt.UTC(), UpdatedAt: r.UpdatedAt.UTC(), Texts: map[i18n.Locale]Text{}}
		byID[r.ID] = pages[i]
	}
	if len(pages) == 0 {
		return nil, nil
	}
	var texts []struct {
		PageID         ID
		Locale         i18n.Locale
		Title          string
		Slug           string
		Body           string
		SeoDescription string
	}
	err = tx.DB().Raw("select page_id, locale, title, slug, body, seo_description from page_texts where page_id in (select id from pages where "+
		where+")", args...).Scan(&texts).Error
	if err != nil {
		return nil, fmt.Errorf("read texts of pages: %w", err)
	}
	for _, t := range texts {
		byID[t.PageID].Texts[t.Locale] = Text{Title: t.Title, Slug: t.Slug, Body: t.Body, Description: t.SeoDescription}
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
