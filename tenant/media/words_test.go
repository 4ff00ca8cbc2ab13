package media_test

import (
	"os"
	"testing"

	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/tenant/media"
)

// LANG-01
func TestWords_Complete(t *testing.T) {
	c := i18ntest.Complete(t, os.DirFS("."), "locales")
	for _, err := range []interface{ Key() string }{media.ErrUnknown, media.ErrTooLarge, media.ErrNotImage, media.ErrSVG,
		media.ErrTooManyDots, media.ErrBroken, media.ErrInUse, media.ErrAddress, media.ErrUnreachable, media.ErrGone,
		media.ErrStore, media.ErrNoRetry} {
		if !c.Has("fr", err.Key()) {
			t.Errorf("%s has no words", err.Key())
		}
	}
}
