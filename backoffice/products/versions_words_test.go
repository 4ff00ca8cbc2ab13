package products_test

import (
	"strings"
	"testing"

	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
)

// words are the title and the text of each panel of an article, and the description of its first picture.
func words(t *testing.T, o *officetest.Office, p catalog.ProductID) (panels []string, alt string) {
	t.Helper()
	err := o.Shop.Read(t.Context(), func(tx tenant.Tx) error {
		now, err := catalog.FindIn(tx, p)
		if err != nil {
			return err
		}
		list, err := catalog.Panels(tx, now.Panels)
		for _, one := range list {
			panels = append(panels, one.Titles[i18n.French]+"/"+one.Bodies[i18n.French])
		}
		if err != nil || len(now.Pictures) == 0 {
			return err
		}
		pictures, err := media.FindAll(tx, []media.ID{now.Pictures[0].Media})
		if err == nil {
			alt = pictures[0].Alt[i18n.French]
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return panels, alt
}

// SEC-03: the words of an article's own views and of its pictures are compared, told and put back, one that was taken
// off included; a shared view stays as its other articles show it.
func TestVersions_wordsSEC03(t *testing.T) {
	o := open(t)
	p := article(t, o, "vase", "Vase")
	at := list + "/" + p.ID.String()
	b := o.Browser(t)
	b.Get(at)
	b.Submit(`button[value="photos.add"]`, webtest.Values{"photos": []webtest.File{officetest.Photo(t, "a.png", 1)}})
	b.Submit(saveBar, webtest.Values{"picture.0.alt.fr": "Vue de face", "panel.0.title.fr": "Entretien", "panel.0.body.fr": "À la main"})
	b.Submit(saveBar, webtest.Values{"panel.1.title.fr": "Tailles", "panel.1.body.fr": "Grand", "panel.1.shared": true})
	b.WantText(".alert", "is saved")
	wantWords := func(alt string, want ...string) {
		t.Helper()
		panels, got := words(t, o, p.ID)
		if strings.Join(panels, " ") != strings.Join(want, " ") || got != alt {
			t.Errorf("%v, %q", panels, got)
		}
	}
	const first, shared = "Entretien/<p>À la main</p>", "Tailles/<p>Grand</p>"
	wantWords("Vue de face", first, shared)

	b.Submit(saveBar, webtest.Values{"picture.0.alt.fr": "Vue de dos", "panel.0.title.fr": "Soin", "panel.0.body.fr": "En machine", "panel.1.body.fr": "Petit"})
	b.Get(at + "/versions")
	b.WantText(".table tbody tr:nth-child(1)", "Photos · Secondary views").WantClean()
	b.Get(at + "/versions/last")
	b.WantStatus(200).WantClean().WantText(".confirm-points", "Description of photo 1 (Français): Vue de dos → Vue de face").
		WantText(".confirm-points", "Title of the view “Entretien” (Français): Soin → Entretien").
		WantText(".confirm-points", "Text of the view “Entretien” (Français): as it was then").WantNoText("Tailles")
	b.Submit(".confirm form", nil)
	b.WantText(".alert", "The article is as it was before")
	wantWords("Vue de face", first, "Tailles/<p>Petit</p>")
	b.Get(at + "/versions/last") // there again
	b.Submit(".confirm form", nil)
	wantWords("Vue de dos", "Soin/<p>En machine</p>", "Tailles/<p>Petit</p>")

	b.Get(at)
	b.Submit(saveBar, webtest.Values{"panel.0.drop": true})
	wantWords("Vue de dos", "Tailles/<p>Petit</p>")
	b.Get(at + "/versions/last")
	b.WantText(".confirm-points", "Secondary views: 1 → 2").WantNoText("deleted")
	b.Submit(".confirm form", nil)
	b.WantText(".alert", "The article is as it was before")
	wantWords("Vue de dos", "Soin/<p>En machine</p>", "Tailles/<p>Petit</p>")

	// An entry of a program that did not write the words down says nothing of them.
	b.Get(at)
	b.Submit(saveBar, webtest.Values{"price": "9.50", "picture.0.alt.fr": "Vue de loin"})
	err := o.Shop.Write(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Exec(`update audit set before = before - 'Alts' - 'OwnPanels', after = after - 'Alts' - 'OwnPanels' where action = 'product.saved'`).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	b.Get(at + "/versions/last")
	b.WantText(".confirm-points", "Price: 9.50 → 12.00").WantNoText("Vue de loin")
	b.Submit(".confirm form", nil)
	wantWords("Vue de loin", "Soin/<p>En machine</p>", "Tailles/<p>Petit</p>")
}
