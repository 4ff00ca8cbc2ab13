package still

// mug, lamp and jewel stand for trades the demo shops do not have, for samples in other shops.

func mug(c *canvas, s Scene, colour, second rgb) {
	c.cover(glow(55, 104, 36, 0.18, rgb{0.1, 0.08, 0.12}, 0.65))
	c.fill(draw("M 68 56 C 90 52 90 92 67 90 L 67 84 C 80 85 80 60 68 63 Z"), across(68, 54, 86, 92, colour.light(0.2), colour.dark(0.35)))
	body := draw("M 26 44 C 27 70 28 88 33 101 C 36 106 64 106 67 101 C 72 88 73 70 74 44 Z")
	c.clip(body, across(26, 50, 74, 58, colour.light(0.3), colour.dark(0.34)), pattern(s, second), glow(36, 66, 9, 3, colour.light(1), 0.45))
	c.fill(oval(50, 44, 24, 6), across(26, 40, 74, 48, colour.light(0.5), colour.light(0.1)))
	c.fill(oval(50, 44.4, 21.8, 4.9), flat(colour.dark(0.5), 0.9))
	c.fill(oval(50, 46, 20, 3.6), flat(hex(0x4a3023), 0.95))
}

func lamp(c *canvas, _ Scene, colour, second rgb) {
	c.cover(glow(50, 60, 58, 1, rgb{1, 0.93, 0.76}, 0.5))
	c.cover(glow(54, 107, 34, 0.15, rgb{0.1, 0.08, 0.12}, 0.6))
	c.fill(box(48.8, 56, 2.4, 46, 0.6), across(48, 60, 52, 60, second.light(0.4), second.dark(0.5)))
	c.fill(draw("M 34 104 C 34 99 44 98 50 98 C 56 98 66 99 66 104 C 66 107 34 107 34 104 Z"), across(34, 98, 66, 106, second.light(0.3), second.dark(0.4)))
	shadeOf := draw("M 36 22 L 64 22 L 77 60 C 70 64 30 64 23 60 Z")
	c.shadow(shadeOf, 1.5, 2, 5, 0.2)
	c.clip(shadeOf, across(24, 20, 78, 62, colour.light(0.5), colour.dark(0.12)), glow(50, 54, 26, 0.8, rgb{1, 0.95, 0.8}, 0.75))
	c.fill(oval(50, 22, 14, 2), flat(colour.light(0.6), 0.7))
}

func jewel(c *canvas, s Scene, colour, second rgb) {
	const beads = 30
	for i := range beads + 1 {
		t := float32(i)/beads*2 - 1
		x, y := 50+34*t, 26+54*(1-t*t)
		r := 1.5 + 0.9*(1-t*t)
		col := colour
		if i%3 == s.Seed%3 {
			col = second
		}
		p := oval(x, y, r, r)
		c.shadow(p, 0.8, 1.2, 1.6, 0.35)
		c.clip(p, across(x-r, y-r, x+r, y+r, col.light(0.4), col.dark(0.45)), glow(x-r*0.35, y-r*0.4, r*0.6, 1, rgb{1, 1, 1}, 0.9))
	}
	drop := draw("M 50 82 C 56 90 60 96 60 102 C 60 110 40 110 40 102 C 40 96 44 90 50 82 Z")
	c.shadow(drop, 1.4, 2, 3, 0.36)
	c.clip(drop, across(40, 84, 60, 110, second.light(0.4), second.dark(0.45)), glow(46, 96, 6, 1.6, rgb{1, 1, 1}, 0.75))
}
