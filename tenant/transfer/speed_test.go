package transfer_test

import (
	"fmt"
	"strings"
	"testing"

	"echoppe.dev/tenant/transfer"
)

// goods is a file as shops have them: two languages, descriptions, families and brands, every fifth
// article in three sizes.
func goods(prefix string, n int) string {
	var b strings.Builder
	b.WriteString("code,state,name.fr,name.en,summary.fr,body.fr,families,taxonomy.brand,option1,option1.name.fr,option1.value,sku,price,weight_g,stock\n")
	for i := range n {
		code := fmt.Sprintf("%s%06d", prefix, i)
		head := fmt.Sprintf("%s,published,Tasse en grès blanc %d,Stoneware %d,Une pièce émaillée céladon n° %d.,"+
			"<p>Tasse n° %d façonnée au tour dans notre atelier et cuite à %d °C.</p><p>Chaque pièce est unique ; ses nuances aussi.</p>"+
			"<ul><li>Contenance : %d cl</li><li>Hauteur : %d cm</li><li>Émail alimentaire sans plomb</li></ul>"+
			"<p>Livrée dans un étui de carton recyclé. Cette pièce passe au lave-vaisselle.</p>,Rayon %d > Famille %d.%d,Atelier %d",
			code, i, i, i, i, 1180+i%120, 8+i%60, 4+i%23, i%5, i%5, i/5%8, i%25)
		if i%5 != 0 {
			fmt.Fprintf(&b, "%s,,,,%s-1,%d.90,350,%d\n", head, code, 5+i%90, i%50)
			continue
		}
		for v, size := range []string{"S", "M", "L"} {
			if v > 0 {
				head = code + ",,,,,,,"
			}
			fmt.Fprintf(&b, "%s,size,Taille,%s,%s-%s,%d.90,350,%d\n", head, size, code, size, 5+i%90, i%50)
		}
	}
	return b.String()
}

// IMP-03: the speed of an import, in articles a second: the dry run, writing articles that are new,
// and writing other prices into all of them.
func BenchmarkImport_IMP03(b *testing.B) {
	const articles = 10_000
	perSecond := func(d float64) float64 { return articles / d }
	for range b.N {
		d := open(b)
		file := goods("b", articles)
		again := strings.ReplaceAll(file, ".90,350", ".50,350")
		b.ResetTimer()
		r := d.check(file, transfer.Options{})
		checked := b.Elapsed()
		if r = d.apply(r); r.State != transfer.Done || r.Report.Counts.Written != articles {
			b.Fatalf("%s %+v", r.State, r.Report.Counts)
		}
		written := b.Elapsed()
		r = d.check(again, transfer.Options{})
		compared := b.Elapsed()
		if r = d.apply(r); r.State != transfer.Done || r.Report.Counts.Update != articles || r.Report.Counts.Written != articles {
			b.Fatalf("%s %+v", r.State, r.Report.Counts)
		}
		b.ReportMetric(perSecond(checked.Seconds()), "checked/s")
		b.ReportMetric(perSecond((written - checked).Seconds()), "written/s")
		b.ReportMetric(perSecond((compared - written).Seconds()), "compared/s")
		b.ReportMetric(perSecond((b.Elapsed() - compared).Seconds()), "changed/s")
	}
}
