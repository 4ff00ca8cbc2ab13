package media

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
)

// Use is a place where a picture is shown.
type Use struct {
	Noun string // "product", "variant", "option", "node", "settings"
	ID   string
	Name string
}

// usesSQL selects a row for each use of the picture named by an expression.
func usesSQL(which string) string {
	return strings.ReplaceAll(`
		select 'product' as noun, p.id::text as id, p.code as name from product_media u join products p on p.id = u.product_id where u.media_id = $M
		union all select 'variant', v.id::text, v.sku from variants v where v.media_id = $M
		union all select 'option', p.id::text, p.code from products p where exists (
			select from jsonb_array_elements(p.options) o, jsonb_array_elements(o->'values') x where x->>'media' = $M::text)
		union all select 'node', n.id::text, n.code from nodes n where n.media_id = $M
		union all select 'settings', s.name, s.name from settings s where s.doc->>'logo_id' = $M::text`, "$M", which)
}

// Uses lists where a picture is shown.
func Uses(tx tenant.Tx, which ID) ([]Use, error) {
	var uses []Use
	rows, err := tx.Raw().Query(tx.Context(), usesSQL("$1::uuid"), which.String())
	if err != nil {
		return nil, fmt.Errorf("read uses of picture: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var u Use
		if err := rows.Scan(&u.Noun, &u.ID, &u.Name); err != nil {
			return nil, fmt.Errorf("read uses of picture: %w", err)
		}
		uses = append(uses, u)
	}
	return uses, rows.Err()
}

// Delete removes a picture that is shown nowhere, with its objects unless another picture has the
// same bytes.
//
// Errors: ErrUnknown; ErrInUse with the number and the name of the first place.
func (l *Library) Delete(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which ID) error {
	var m *Media
	shared := false
	err := shop.Write(ctx, func(tx tenant.Tx) error {
		found, err := read(tx, "select "+columns+" from media where id = ? for update", which)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return ErrUnknown
		}
		m = found[0]
		uses, err := Uses(tx, which)
		if err != nil {
			return err
		}
		if len(uses) > 0 {
			return ErrInUse.With(fault.Args{"n": len(uses), "name": uses[0].Name})
		}
		if err := tx.DB().Exec("delete from media where id = ?", which).Error; err != nil {
			return fmt.Errorf("delete picture: %w", err)
		}
		if err := tx.DB().Raw("select exists (select from media where key = ? and key <> '')", m.Key).Scan(&shared).Error; err != nil {
			return fmt.Errorf("delete picture: %w", err)
		}
		return tx.Record(who, "media.deleted", "media/"+which.String(), m, nil)
	})
	if err != nil || shared || m.Key == "" {
		return err
	}
	// The row is gone, which is what counts; objects left behind by a failing store cost space only.
	bucket := l.scope(shop.ID())
	errs := []error{bucket.Delete(ctx, m.Key)}
	for _, s := range m.Sizes {
		errs = append(errs, bucket.Delete(ctx, s.Key))
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("delete objects of picture %s: %w", which, err)
	}
	return nil
}
