package cart_test

import (
	"testing"

	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/media"
)

// A line shows the first picture there is to show: the variant's, the article's cover, any other.
func TestCarts_Picture(t *testing.T) {
	f := open(t)
	f.add(t, f.mug, 1)
	pictures := map[string]media.ID{}
	for _, name := range []string{"variant", "cover", "second", "third"} {
		pictures[name] = id.New[media.Media]()
	}
	f.Write(func(tx tenant.Tx) error {
		for name, picture := range pictures {
			if err := tx.DB().Exec(`insert into media (id, kind, state, key, created_at) values (?, 'image', 'ready', ?, ?)`,
				picture, name, tx.Now()).Error; err != nil {
				return err
			}
		}
		return tx.DB().Exec(`
			with v as (update variants set media_id = ? where id = ? returning product_id),
				p as (update products set cover_id = ? from v where products.id = v.product_id)
			insert into product_media (product_id, media_id, position)
				select product_id, media_id, place from v, (values (?::uuid, 1), (?::uuid, 2)) as x(media_id, place)`,
			pictures["variant"], f.mug, pictures["cover"], pictures["second"], pictures["third"]).Error
	})
	for _, want := range []string{"variant", "cover", "second", "third", ""} {
		switch got := f.guest.Cart().Lines[0].Good.Picture; {
		case want == "" && got != nil:
			t.Errorf("shows %q, which is not ready", got.Key)
		case want != "" && (got == nil || got.Key != want):
			t.Errorf("shows %+v, want %q", got, want)
		}
		f.Write(func(tx tenant.Tx) error {
			return tx.DB().Exec("update media set state = 'failed' where key = ?", want).Error
		})
	}
}
