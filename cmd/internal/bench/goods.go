package bench

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// The catalogue that is measured with: families of a realistic size, two languages, every fifth
// article in three sizes, pictures from a small library.
const (
	branches    = 5 // families at the top
	leaves      = 8 // families below each
	brands      = 25
	photos      = 6 // pictures in the library
	sizesEvery  = 5 // every n-th article comes in sizes
	plentyStock = 1_000_000
)

var sizes = []string{"s", "m", "l"}

// header are the columns of the house's own article file.
var header = []string{
	"code", "state", "name.fr", "name.en", "summary.fr", "body.fr", "families", "taxonomy.brand", "pictures",
	"option1", "option1.name.fr", "option1.value", "option1.value.fr", "sku", "price", "weight_g", "stock",
}

// writeGoods writes an article file. Article numbers begin at 0 and prefix keeps those of several
// files apart; withPictures names the pictures that paint puts into the library.
func writeGoods(w io.Writer, prefix string, n int, withPictures bool) error {
	out := csv.NewWriter(w)
	if err := out.Write(header); err != nil {
		return err
	}
	for i := range n {
		for _, row := range articleRows(prefix, i, withPictures) {
			if err := out.Write(row); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

func articleRows(prefix string, i int, withPictures bool) [][]string {
	code := articleCode(prefix, i)
	pictures := ""
	if withPictures {
		pictures = photoName(i%photos) + " | " + photoName((i+1)%photos)
	}
	article := []string{
		code, "published", pick(things, i) + " " + pick(looks, i/7) + " " + strconv.Itoa(i), "Stoneware " + strconv.Itoa(i),
		"Une pièce " + pick(looks, i/3) + ", " + pick(looks, i/5) + ", " + pick(virtues, i) + ".", body(i),
		fmt.Sprintf("Rayon %d > Famille %d.%d", i%branches+1, i%branches+1, i/branches%leaves+1),
		fmt.Sprintf("Atelier %d", i%brands+1), pictures,
	}
	price := fmt.Sprintf("%d.%02d", 5+i%90, i%100)
	if i%sizesEvery != 0 {
		return [][]string{append(article, "", "", "", "", code+"-1", price, "350", strconv.Itoa(plentyStock))}
	}
	var rows [][]string
	for j, size := range sizes {
		row := article
		if j > 0 {
			row = make([]string, len(article))
			row[0] = code
		}
		rows = append(rows, append(row[:len(article):len(article)], "size", "Taille", size, strings.ToUpper(size),
			code+"-"+size, price, "350", strconv.Itoa(plentyStock)))
	}
	return rows
}

func articleCode(prefix string, i int) string { return fmt.Sprintf("%s%06d", prefix, i) }

// The words that articles are called and described with: pages of one sentence over and over would
// compress to nothing.
var (
	things  = []string{"Tasse", "Bol", "Assiette creuse", "Pichet", "Théière", "Saladier", "Vase", "Coupelle", "Plat", "Mug", "Beurrier", "Carafe", "Ramequin"}
	looks   = []string{"en grès blanc", "émaillée céladon", "à décor de fougère", "bleu nuit", "couleur sable", "nervurée", "au col étroit", "cendrée", "à anse large", "mouchetée", "brun tenmoku"}
	virtues = []string{"passe au lave-vaisselle", "garde la chaleur", "tient bien en main", "se range empilée", "supporte le four", "vient dans son étui", "se patine avec le temps"}
)

// pick chooses a word by number; neighbours differ.
func pick(words []string, i int) string { return words[i%len(words)] }

// body is a description of the length merchants write.
func body(i int) string {
	return fmt.Sprintf("<p>%s n° %d, façonnée au tour dans notre atelier et cuite à %d °C.</p>"+
		"<p>Le grès %s et %s ; chaque pièce est unique, ses nuances aussi.</p>"+
		"<ul><li>Contenance : %d cl</li><li>Hauteur : %d cm</li><li>Émail alimentaire sans plomb</li></ul>"+
		"<p>Livrée dans un étui de carton recyclé. Cette pièce %s.</p>",
		pick(things, i), i, 1180+i%120, pick(virtues, i/2), pick(virtues, i/2+3), 8+i%60, 4+i%23, pick(virtues, i+1))
}
