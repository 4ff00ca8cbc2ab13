package still

import "math"

// book stands upright, turned a little, so that its spine and pages are seen; the seed chooses one
// of eight cover designs.
func book(c *canvas, s Scene, colour, second rgb) {
	c.cover(glow(56, 106, 40, 0.17, rgb{0.1, 0.08, 0.12}, 0.65))
	front := draw("M 27 27 L 78 24 L 78 102 L 27 106 Z")
	c.shadow(front, 4, 3, 9, 0.3)
	c.fill(draw("M 27 27 L 78 24 L 81 25.4 L 30 28.6 Z").moved(0.6, -1.2), flat(ivory.dark(0.06), 1))
	c.fill(draw("M 78 24 L 81.6 26 L 81.6 101 L 78 102 Z"), across(78, 24, 82, 26, ivory, ivory.dark(0.25)))
	for i := range 5 {
		c.fill(box(78.5+0.6*float32(i), 26, 0.14, 75, 0), flat(ivory.dark(0.5), 0.25))
	}
	spine := draw("M 21 29.6 L 27 27 L 27 106 L 21 102.6 Z")
	c.clip(spine, across(21, 30, 27, 30, colour.dark(0.45), colour.dark(0.12)))
	c.fill(box(22.6, 42, 2.6, 30, 0.4), flat(second.light(0.2), 0.75))
	c.clip(front, across(27, 24, 78, 106, colour.light(0.1), colour.dark(0.1)))
	design(c, front, s.Seed, colour, second)
	title(c, front, s.Seed, colour, second)
	c.within(front, draw("M 27 27 L 29.4 26.9 L 29.4 105.8 L 27 106 Z"), flat(colour.dark(0.8), 0.22))
	c.within(front, draw("M 29.4 26.9 L 30 26.8 L 30 105.8 L 29.4 105.8 Z"), flat(colour.light(0.9), 0.22))
	c.clip(front, glow(36, 36, 46, 1.3, rgb{1, 0.98, 0.94}, 0.2))
}

// design is what is printed on the cover.
func design(c *canvas, front path, seed int, colour, second rgb) {
	art := func(p path, s shade) { c.within(front, p, s) }
	third := second.mix(colour, 0.5)
	switch seed % 8 {
	case 0: // a sun over hills
		art(oval(56, 58, 13, 13), flat(second.light(0.15), 1))
		art(draw("M 27 84 C 40 70 52 80 62 74 C 70 70 74 72 78 69 L 78 104 L 27 106 Z"), flat(third, 1))
		art(draw("M 27 94 C 40 84 56 92 78 84 L 78 104 L 27 106 Z"), flat(second.dark(0.35), 1))
	case 1: // rings
		for i := range 7 {
			col := second
			if i%2 == 1 {
				col = colour.light(0.1)
			}
			art(oval(53, 70, 24-3.4*float32(i), 24-3.4*float32(i)), flat(col, 1))
		}
	case 2: // a window of squares
		for i := range 4 {
			for j := range 5 {
				col := []rgb{second, third, second.dark(0.3), second.light(0.4)}[(i*3+j*5+seed)%4]
				art(box(33+10.4*float32(i), 50+10*float32(j)-0.6*float32(i), 8.6, 8.2, 0.4), flat(col, 1))
			}
		}
	case 3: // a sea of waves
		for i := range 8 {
			y := 56 + 6.4*float32(i)
			p := path{{'M', []point{{20, y}}}}
			for n := range 6 {
				x := 20 + 12*float32(n)
				p = append(p, command{'Q', []point{{x + 3, y - 3.4}, {x + 6, y}}}, command{'Q', []point{{x + 9, y + 3.4}, {x + 12, y}}})
			}
			p = append(p, command{'L', []point{{92, 112}}}, command{'L', []point{{20, 112}}}, command{'Z', nil})
			art(p, flat(second.mix(colour.dark(0.4), float32(i)/9), 1))
		}
	case 4: // a branch with leaves
		art(fold(44, 104, 48, 86, 58, 70, 56, 46, 1), flat(second.dark(0.2), 1))
		for i := range 9 {
			t := float32(i) / 9
			x, y := 45.6+11*float32(math.Sin(float64(t)*1.6)), 98-50*t
			side := float32(1)
			if i%2 == 1 {
				side = -1
			}
			leaf := path{{'M', []point{{x, y}}}, {'Q', []point{{x + 3*side, y - 7}, {x + 13*side, y - 8}}}, {'Q', []point{{x + 9*side, y + 1.4}, {x, y}}}, {'Z', nil}}
			art(leaf, flat([]rgb{second, third, second.light(0.3)}[i%3], 1))
		}
	case 5: // a moon over a town
		art(oval(62, 54, 8.4, 8.4), flat(second.light(0.4), 1))
		art(oval(59, 52, 7.6, 7.6), flat(colour, 1))
		for i := range 9 {
			h := []float32{22, 30, 18, 36, 26, 20, 32, 24, 28}[i]
			art(box(27+5.8*float32(i), 106-h, 5.4, 40, 0), flat(second.mix(colour.dark(0.5), float32(i%3)/4), 1))
			art(box(29+5.8*float32(i), 110-h, 1.2, 1.8, 0), flat(colours["straw"], 0.9))
		}
	case 6: // bars of a score
		for i := range 11 {
			h := 10 + 22*float32(math.Abs(math.Sin(float64(i*i)+float64(seed))))
			art(box(32+4*float32(i), 104-h, 2.4, 60, 0.4), flat(second.mix(third, float32(i%3)/2), 1))
		}
	default: // two shapes that lean on each other
		art(draw("M 30 104 L 30 66 C 44 60 54 74 52 104 Z"), flat(second, 1))
		art(oval(60, 80, 16, 16), flat(third.light(0.15), 0.92))
		art(draw("M 52 104 C 54 92 66 84 78 86 L 78 104 Z"), flat(second.dark(0.35), 0.95))
	}
}

// title is lines where a title would be: no words, which would be in one language.
func title(c *canvas, front path, seed int, colour, second rgb) {
	col := ivory
	if colour.luma() > 0.62 {
		col = ink
	}
	for i, w := range [][]float32{{30, 20}, {24, 28, 16}, {32}, {18, 26}}[seed%4] {
		c.within(front, box(33.6, 34+4.8*float32(i)-0.04*float32(i), w, 2.6, 0.5), flat(col, 0.92))
	}
	c.within(front, box(33.6, 30, 12, 0.9, 0.3), flat(second.light(0.35), 0.9))
}
