package signup

import (
	"math/rand/v2"
	"strconv"
	"strings"
)

// Words of temporary names. They are French like the house, short, friendly in every
// language the platform speaks, and written without accents, so that name and slug look alike.
var (
	places = strings.Fields("atelier maison comptoir fabrique cabane jardin grenier halle galerie studio kiosque verger")
	things = strings.Fields(`
		lune soleil orage brume neige rivage colline prairie source vallon
		cerise figue prune olive menthe thym lavande mimosa pivoine coquelicot
		merle loriot renard hibou castor abeille coccinelle libellule papillon
		indigo corail ambre ivoire azur safran velours lin soie toile argile cuivre`)
)

// name is a temporary name and its slug: "Atelier Lune", "atelier-lune-42". wide asks for a longer
// number, when the short ones are taken.
func name(wide bool) (title, slug string) {
	place, thing := places[rand.IntN(len(places))], things[rand.IntN(len(things))]
	number := 10 + rand.IntN(90)
	if wide {
		number = 1_000 + rand.IntN(999_000)
	}
	return capital(place) + " " + capital(thing), place + "-" + thing + "-" + strconv.Itoa(number)
}

func capital(word string) string { return strings.ToUpper(word[:1]) + word[1:] }
