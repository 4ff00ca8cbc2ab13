package media

import (
	"context"
	"fmt"
	"strings"
	"time"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
)

// Filter chooses pictures. Empty fields choose all.
type Filter struct {
	State  State
	Search string // part of the file name or address
	Unused bool   // used nowhere
	Page   int    // from 1
	Per    int    // 48 when zero
}

// Page is one page of pictures, newest first.
type Page struct {
	Items []*Media
	Total int
}

const (
	defaultPer = 48
	maxPer     = 200
)

// List reads a page of the library.
func List(tx tenant.Tx, f Filter) (Page, error) {
	per := f.Per
	if per <= 0 {
		per = defaultPer
	}
	per = min(per, maxPer)
	where, args := []string{"true"}, []any{}
	if f.State != "" {
		where, args = append(where, "state = ?"), append(args, f.State)
	}
	if s := strings.TrimSpace(f.Search); s != "" {
		like := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(s) + "%"
		where, args = append(where, "(file_name ilike ? or source_url ilike ?)"), append(args, like, like)
	}
	if f.Unused {
		where = append(where, "not exists ("+usesSQL("media.id")+")")
	}
	cond := strings.Join(where, " and ")
	var p Page
	if err := tx.DB().Raw("select count(*) from media where "+cond, args...).Scan(&p.Total).Error; err != nil {
		return Page{}, fmt.Errorf("count pictures: %w", err)
	}
	var err error
	p.Items, err = read(tx, "select "+columns+" from media where "+cond+" order by created_at desc, id limit ? offset ?",
		append(args, per, (max(f.Page, 1)-1)*per)...)
	return p, err
}

// Tally counts pictures by state.
type Tally struct{ Pending, Ready, Failed int }

// TallyFetched counts the pictures that were named by address between two instants: those of an
// import.
func TallyFetched(tx tenant.Tx, from, until time.Time) (Tally, error) {
	var t Tally
	err := tx.DB().Raw(`select count(*) filter (where state = 'pending') as pending,
			count(*) filter (where state = 'ready') as ready, count(*) filter (where state = 'failed') as failed
		from media where source_url <> '' and created_at between ? and ?`, from, until).Scan(&t).Error
	if err != nil {
		return Tally{}, fmt.Errorf("count pictures: %w", err)
	}
	return t, nil
}

// ListMissingAlt reads pictures that articles show and that lack a description in one of the
// languages: what should be mended before the articles are published.
func ListMissingAlt(tx tenant.Tx, offered []i18n.Locale, limit int) ([]*Media, error) {
	if len(offered) == 0 {
		return nil, nil
	}
	return read(tx, "select "+columns+` from media where exists (select from product_media p where p.media_id = media.id)
		and (select count(*) from jsonb_each_text(media.alt) a where a.key in ? and trim(a.value) <> '') < ?
		order by created_at desc, id limit ?`, offered, len(offered), min(max(limit, 1), maxPer))
}

// Describe sets the texts of a picture. Errors: ErrUnknown.
func Describe(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which ID, alt i18n.Text) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		if err := writeAlt(tx, which, alt); err != nil {
			return err
		}
		return tx.Record(who, "media.described", "media/"+which.String(), nil, alt)
	})
}

// DescribeAll sets the texts of many pictures; those that do not exist are passed over.
func DescribeAll(tx tenant.Tx, texts map[ID]i18n.Text) error {
	for m, alt := range texts {
		if err := tx.DB().Exec("update media set alt = ? where id = ?", alt, m).Error; err != nil {
			return fmt.Errorf("describe pictures: %w", err)
		}
	}
	if len(texts) > 0 {
		tx.Touch()
	}
	return nil
}
