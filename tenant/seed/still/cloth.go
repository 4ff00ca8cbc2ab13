package still

import "math"

// garment paints a piece of cloth that lies flat: its shadow, its colour under light from the upper
// left, a weave, a pattern, and folds.
func garment(c *canvas, outline path, s Scene, colour, second rgb, folds []path) {
	c.shadow(outline, 1.6, 2.4, 7, 0.34)
	c.shadow(outline, 0.4, 0.7, 1.6, 0.26)
	c.clip(outline,
		across(20, 10, 82, 118, colour.light(0.16), colour.dark(0.14)),
		pattern(s, second),
		weave(colour),
		glow(32, 34, 46, 1.2, colour.light(0.9), 0.22),
	)
	for _, f := range folds {
		c.within(outline, f, flat(colour.dark(0.6), 0.13))
		c.within(outline, f.moved(-0.5, -0.25), flat(colour.light(0.8), 0.15))
	}
}

// weave is the grain of cloth.
func weave(colour rgb) shade {
	d := colour.dark(0.5)
	return func(x, y float32) (rgb, float32) {
		v := float32(math.Sin(float64(x*13))*math.Sin(float64(y*13)))*0.5 + 0.5
		return d, 0.05 * v
	}
}

// pattern is printed or woven in the second colour; the seed chooses which.
func pattern(s Scene, second rgb) shade {
	if s.Second == "" {
		return flat(second, 0)
	}
	soft := func(v, width float32) float32 { // 1 inside a stripe of that half width, soft at its edge
		return min(max((width-v)*12, 0), 1)
	}
	wave := func(v, period float32) float32 {
		m := float32(math.Mod(float64(v), float64(period)))
		return float32(math.Abs(float64(m - period/2)))
	}
	switch s.Seed % 5 {
	case 0: // stripes across
		return func(_, y float32) (rgb, float32) { return second, 0.85 * soft(wave(y, 5.2), 0.95) }
	case 1: // stripes down
		return func(x, _ float32) (rgb, float32) { return second, 0.8 * soft(wave(x, 3.4), 0.42) }
	case 2: // a check
		return func(x, y float32) (rgb, float32) {
			return second, 0.3*soft(wave(x, 7), 1.7) + 0.3*soft(wave(y, 7), 1.7)
		}
	case 3: // dots in rows
		return func(x, y float32) (rgb, float32) {
			row := float32(math.Floor(float64(y / 3.6)))
			if int(row)%2 == 1 {
				x += 2.1
			}
			dx, dy := wave(x, 4.2), wave(y, 3.6)
			return second, 0.85 * soft(float32(math.Hypot(float64(dx), float64(dy))), 0.6)
		}
	}
	// waves
	return func(x, y float32) (rgb, float32) {
		v := wave(y+1.1*float32(math.Sin(float64(x)*0.55)), 4.4)
		return second, 0.75 * soft(v, 0.5)
	}
}

// symmetrical is an outline given by its right half, from the top of the middle line to its foot.
func symmetrical(right string) path {
	half := draw(right)
	out := append(path{}, half...)
	for i := len(half) - 1; i > 0; i-- { // back up the left side
		from, c := half[i-1].at[len(half[i-1].at)-1], half[i]
		back := command{op: c.op}
		for j := len(c.at) - 2; j >= 0; j-- {
			back.at = append(back.at, point{100 - c.at[j].x, c.at[j].y})
		}
		back.at = append(back.at, point{100 - from.x, from.y})
		out = append(out, back)
	}
	return append(out, command{'Z', nil})
}

func fold(ax, ay, bx, by, cx, cy, dx, dy, width float32) path {
	return stroke(point{ax, ay}, point{bx, by}, point{cx, cy}, point{dx, dy}, width)
}

func buttons(c *canvas, x float32, from, to float32, n int, colour rgb) {
	for i := range n {
		y := from + (to-from)*float32(i)/float32(n-1)
		c.fill(oval(x+0.12, y+0.2, 0.95, 0.95), flat(rgb{0.1, 0.1, 0.14}, 0.3))
		c.fill(oval(x, y, 0.85, 0.85), across(x-1, y-1, x+1, y+1, colour.light(0.7), colour.dark(0.1)))
		c.fill(oval(x-0.2, y, 0.13, 0.13), flat(colour.dark(0.7), 0.8))
		c.fill(oval(x+0.2, y, 0.13, 0.13), flat(colour.dark(0.7), 0.8))
	}
}

// seam is a thin line of stitching.
func seam(c *canvas, outline, p path, colour rgb) {
	c.within(outline, p, flat(colour.dark(0.55), 0.4))
	c.within(outline, p.moved(0.25, 0.25), flat(colour.light(0.7), 0.25))
}

var longSleeves = `M 50 22 C 54 24 58 23 60 20 C 66 22 71 25 75 29 C 81 40 86 62 89 84 L 80 87 C 76 74 72 62 69 53 C 70 72 70 90 70 103 C 62 106 55 106 50 106`

func shirt(c *canvas, s Scene, colour, second rgb) {
	o := symmetrical(longSleeves)
	garment(c, o, s, colour, second, []path{
		fold(67, 42, 69, 60, 67, 80, 69, 99, 2.2), fold(34, 40, 31, 58, 33, 78, 31, 98, 2), fold(57, 60, 59, 74, 57, 88, 58, 104, 1.5),
		fold(78, 45, 81, 56, 83, 68, 84, 82, 1.6), fold(22, 45, 19, 56, 17, 68, 16, 82, 1.6),
	})
	placket := box(48.2, 24, 3.6, 82, 0.3)
	c.within(o, placket, flat(colour.light(0.5), 0.3))
	seam(c, o, box(48, 24, 0.3, 82, 0), colour)
	seam(c, o, box(51.7, 24, 0.3, 82, 0), colour)
	buttons(c, 50, 33, 98, 7, colour.light(0.6))
	for _, left := range []bool{false, true} {
		collar := draw("M 50 24 L 60.5 19 L 63.5 29.5 L 55.5 33 Z")
		cuff := draw("M 79.4 82 L 88.4 79 L 89.2 85 L 80 88 Z")
		pocket := box(57.5, 45, 9.5, 11.5, 1)
		if left {
			collar, cuff = collar.mirrored(), cuff.mirrored()
		} else {
			seam(c, o, pocket, colour.mix(colour.light(0.4), 0.6))
			c.fill(pocket.scaled(0.95, 62.2, 50.7), flat(colour, 0.75))
		}
		c.shadow(collar, 0.5, 0.9, 1.2, 0.3)
		c.fill(collar, across(40, 20, 62, 34, colour.light(0.34), colour.light(0.02)))
		c.fill(cuff, flat(colour.light(0.3), 0.55))
	}
	c.fill(draw("M 45 21.5 Q 50 26 55 21.5 Q 50 19.5 45 21.5 Z"), flat(colour.dark(0.45), 0.8))
}

func tee(c *canvas, s Scene, colour, second rgb) {
	o := symmetrical(`M 50 29 C 55 29 59 26 61 22 C 68 24 74 27 79 32 C 83 39 86 46 89 53 L 77 60 C 74 56 72 53 71 50 C 71 68 71 86 71 102 C 63 104 56 104 50 104`)
	garment(c, o, s, colour, second, []path{
		fold(68, 50, 69, 66, 67, 82, 69, 100, 2.2), fold(33, 50, 31, 68, 33, 84, 31, 100, 2), fold(44, 70, 46, 82, 43, 92, 45, 103, 1.4),
	})
	c.fill(draw("M 39 22 C 42 31 58 31 61 22 L 58.6 21.4 C 56 27.6 44 27.6 41.4 21.4 Z"), across(39, 20, 61, 30, colour.light(0.25), colour.dark(0.1)))
	c.fill(draw("M 41.4 21.4 C 44 27.6 56 27.6 58.6 21.4 C 53 23.8 47 23.8 41.4 21.4 Z"), flat(colour.dark(0.5), 0.85))
	seam(c, o, box(28, 100.2, 44, 0.3, 0), colour)
}

func jumper(c *canvas, s Scene, colour, second rgb) {
	o := symmetrical(`M 50 24 C 54 24 57 23 59 21 C 67 23 73 26 77 31 C 84 44 89 64 91 85 L 80 88 C 77 76 73 65 70 57 C 71 72 71 84 71 97 C 63 99 56 99 50 99`)
	garment(c, o, s, colour, second, []path{
		fold(67, 45, 70, 60, 67, 78, 69, 95, 2.6), fold(33, 44, 30, 60, 33, 78, 31, 95, 2.4), fold(80, 50, 83, 60, 85, 72, 86, 84, 2),
		fold(20, 50, 17, 60, 15, 72, 14, 84, 2),
	})
	knit := func(x, y float32) (rgb, float32) { // rows of stitches
		v := math.Sin(float64(x)*5.2) + math.Sin(float64(y)*7+math.Abs(math.Sin(float64(x)*2.6))*2)
		return colour.dark(0.5), float32(max(v, 0)) * 0.075
	}
	c.clip(o, knit)
	rib := func(x, _ float32) (rgb, float32) {
		return colour.dark(0.55), float32(math.Max(math.Sin(float64(x)*6.5), 0)) * 0.3
	}
	for _, p := range []path{box(28.8, 93, 42.4, 6, 0.8), draw("M 39 20 C 43 27 57 27 61 20 L 59 17.6 C 55 23 45 23 41 17.6 Z")} {
		c.fill(p, flat(colour.light(0.1), 1))
		c.clip(p, rib)
	}
	c.fill(draw("M 41 17.6 C 45 23 55 23 59 17.6 C 53 15.8 47 15.8 41 17.6 Z"), flat(colour.dark(0.5), 0.9))
}

func dress(c *canvas, s Scene, colour, second rgb) {
	o := symmetrical(`M 50 25 C 53 25 56 22 57.5 16 L 62 17 C 62.5 25 65 30 69 33 C 68 42 65 48 63 54 C 70 72 76 92 80 110 C 70 115 60 116 50 116`)
	garment(c, o, s, colour, second, []path{
		fold(57, 57, 62, 74, 66, 92, 69, 112, 2.4), fold(45, 57, 42, 76, 40, 94, 37, 113, 2.2), fold(51, 58, 52, 78, 53, 96, 53, 115, 1.8),
		fold(38, 60, 33, 78, 29, 92, 26, 108, 2), fold(62, 58, 68, 76, 72, 92, 75, 108, 1.8),
	})
	belt := draw("M 36.8 52.2 C 45 54.2 55 54.2 63.2 52.2 L 63.6 56.4 C 55 58.6 45 58.6 36.4 56.4 Z")
	c.shadow(belt, 0.2, 0.7, 1, 0.3)
	c.fill(belt, across(36, 52, 64, 58, second.dark(0.05).light(0.1), colour.dark(0.32)))
	c.fill(draw("M 42.5 16 C 44 25 56 25 57.5 16 L 56 15.6 C 54 22.4 46 22.4 44 15.6 Z"), flat(colour.light(0.35), 0.5))
}

func skirt(c *canvas, s Scene, colour, second rgb) {
	o := symmetrical(`M 50 30 C 56 30 62 29.6 66 29 C 72 52 79 78 84 101 C 73 107 62 109 50 109`)
	var folds []path
	for i := range 7 {
		x := 36 + 4.6*float32(i)
		folds = append(folds, fold(x, 38, x+(x-50)*0.3, 60, x+(x-50)*0.7, 82, x+(x-50)*1.15, 106, 1.9))
	}
	garment(c, o, s, colour, second, folds)
	band := symmetrical(`M 50 28.2 C 56 28.2 62 28 66 27.4 L 66.8 33 C 62 34 56 34.2 50 34.2`)
	c.fill(band, across(34, 27, 66, 35, colour.light(0.22), colour.dark(0.12)))
	seam(c, o, box(33, 33.6, 34, 0.3, 0), colour)
	buttons(c, 50, 31.1, 31.2, 2, colour.light(0.6))
}

func trousers(c *canvas, s Scene, colour, second rgb) {
	o := symmetrical(`M 50 18 C 56 18 62 17.8 67 17.4 C 70 34 71 60 70.5 112 L 55.4 113 C 55 88 54 66 51.6 47 L 50 46`)
	garment(c, o, s, colour, second, []path{
		fold(61, 44, 63, 66, 62, 88, 63, 111, 1.4), fold(39, 44, 37, 66, 38, 88, 37, 111, 1.4), fold(55, 44, 58, 47, 63, 48, 68, 47, 1.8),
		fold(45, 44, 42, 47, 37, 48, 32, 47, 1.8), fold(66, 60, 64, 64, 60, 66, 57, 66, 1.3),
	})
	band := symmetrical(`M 50 16.4 C 56 16.4 62 16.2 67 15.8 L 67.6 21.6 C 62 22.4 56 22.6 50 22.6`)
	c.fill(band, across(33, 16, 67, 23, colour.light(0.2), colour.dark(0.1)))
	for _, x := range []float32{38, 49.2, 60.4} {
		c.fill(box(x, 15.4, 1.6, 8, 0.4), flat(colour.dark(0.18), 0.85))
	}
	seam(c, o, fold(50, 22, 50, 30, 50.4, 38, 51, 46, 0.5), colour)
	seam(c, o, fold(66, 23, 65, 30, 64, 34, 59.5, 36, 0.7), colour)
	seam(c, o, fold(34, 23, 35, 30, 36, 34, 40.5, 36, 0.7), colour)
	buttons(c, 50, 19.4, 19.5, 2, colour.light(0.55))
}

func coat(c *canvas, s Scene, colour, second rgb) {
	o := symmetrical(`M 50 18 C 54 18 57 17 60 15.6 C 68 18 74 21 78 26 C 84 42 88 62 90 82 L 79 85 C 76 73 73 62 70.5 54 C 72 76 74 96 75 114 C 66 117 58 117 50 117`)
	garment(c, o, s, colour, second, []path{
		fold(69, 44, 71, 66, 71, 90, 72, 112, 2.4), fold(31, 44, 29, 66, 29, 90, 28, 112, 2.4), fold(79, 44, 82, 56, 84, 68, 85, 80, 1.8),
		fold(21, 44, 18, 56, 16, 68, 15, 80, 1.8),
	})
	seam(c, o, fold(53.5, 46, 54, 70, 54, 94, 54, 116, 0.8), colour)
	for _, p := range []path{draw("M 50 46 L 60.5 16 L 67.5 27 L 61 32 L 64 36 Z"), draw("M 50 46 L 60.5 16 L 67.5 27 L 61 32 L 64 36 Z").mirrored()} {
		c.shadow(p, 0.5, 1, 1.3, 0.32)
		c.fill(p, across(34, 16, 66, 46, colour.light(0.2), colour.dark(0.06)))
	}
	c.fill(draw("M 41 17 L 50 44 L 59 17 Q 50 21 41 17 Z"), across(41, 16, 59, 44, second.dark(0.35), second.dark(0.6)))
	for _, x := range []float32{45.5, 57.5} {
		buttons(c, x, 56, 82, 3, colour.dark(0.3))
	}
	for _, p := range []path{box(59, 78, 11.5, 3.6, 0.6), box(29.5, 78, 11.5, 3.6, 0.6)} {
		c.shadow(p, 0.2, 0.6, 0.8, 0.25)
		c.fill(p, flat(colour.light(0.12), 1))
	}
}

func scarf(c *canvas, s Scene, colour, second rgb) {
	back := draw("M 30 22 C 44 12 60 14 70 24 C 76 34 66 44 50 46 C 36 47 24 40 30 22 Z")
	garment(c, back, s, colour.dark(0.06), second, []path{fold(34, 24, 44, 18, 58, 20, 66, 28, 1.8)})
	c.fill(draw("M 39 27 C 46 22 56 23 61 29 C 60 35 52 38 46 37 C 40 36 37 32 39 27 Z"), flat(colour.dark(0.5), 0.75))
	for i, p := range []path{
		draw("M 52 36 C 62 38 66 50 66 64 C 67 80 70 94 72 106 L 55 108 C 54 92 52 76 49 62 C 46 50 44 40 52 36 Z"),
		draw("M 44 38 C 52 42 50 56 46 70 C 43 84 42 96 41 111 L 24 109 C 26 92 28 76 31 62 C 33 50 36 38 44 38 Z"),
	} {
		garment(c, p, s, colour, second, []path{
			fold(float32(57-18*i), 44, float32(60-20*i), 62, float32(62-24*i), 82, float32(63-29*i), 104, 2.2),
		})
		for n := range 12 {
			x, y := 55.6+1.45*float32(n), 107.6-0.17*float32(n)
			if i == 1 {
				x, y = 24.6+1.43*float32(n), 108.6+0.17*float32(n)
			}
			c.fill(fold(x, y, x+0.2, y+2, x-0.2, y+3.6, x+0.1, y+5.6, 0.7), flat(colour.dark(0.08), 0.95))
		}
	}
}

func hat(c *canvas, s Scene, colour, second rgb) {
	brim := draw("M 12 70 C 14 60 32 56 50 56 C 68 56 86 60 88 70 C 88 80 70 86 50 86 C 30 86 12 80 12 70 Z")
	garment(c, brim, Scene{}, colour, second, nil)
	c.fill(draw("M 20 70 C 22 64 34 61 50 61 C 66 61 78 64 80 70 C 79 77 66 80 50 80 C 34 80 21 77 20 70 Z"), flat(colour.dark(0.3), 0.16))
	crown := draw("M 29 70 C 28 50 33 34 41 33 C 46 32 48 37 50 37 C 52 37 55 32 60 33 C 68 35 72 50 71 70 C 66 75 34 75 29 70 Z")
	c.shadow(crown, 1, 1.6, 3, 0.3)
	c.clip(crown, across(30, 34, 72, 74, colour.light(0.2), colour.dark(0.18)), weave(colour), glow(40, 46, 20, 1.3, colour.light(0.9), 0.3))
	c.within(crown, draw("M 43 35 C 47 46 53 46 57 35 Z"), flat(colour.dark(0.4), 0.2))
	c.fill(draw("M 28.9 60 C 40 66 60 66 71.1 60 L 71.2 69.6 C 66 75 34 75 28.8 69.6 Z"), across(28, 60, 72, 74, second.dark(0.2).mix(colours["black"], 0.35), colours["black"]))
}

func bag(c *canvas, s Scene, colour, second rgb) {
	c.cover(glow(50, 109, 40, 0.16, rgb{0.1, 0.08, 0.12}, 0.6))
	handle := draw("M 34 52 C 33 22 67 22 66 52 L 62.5 52 C 63 28 37 28 37.5 52 Z")
	c.shadow(handle, 1.2, 1.4, 2.4, 0.25)
	c.fill(handle, across(33, 24, 67, 52, second.dark(0.1), second.dark(0.4)))
	o := draw("M 22 48 L 78 48 C 80 48 81 49 81.2 51 L 84 103 C 84.2 107 82 109 79 109 L 21 109 C 18 109 15.8 107 16 103 L 18.8 51 C 19 49 20 48 22 48 Z")
	garment(c, o, s, colour, second, []path{fold(28, 56, 26, 72, 27, 88, 24, 104, 2.2), fold(73, 56, 75, 72, 73, 90, 76, 104, 2.2), fold(40, 100, 48, 96, 58, 97, 66, 102, 1.6)})
	front := draw("M 35.6 48 C 35 66 65 66 64.4 48 L 61.6 48 C 61 61 39 61 38.4 48 Z")
	c.shadow(front, 0.5, 1, 1.4, 0.3)
	c.fill(front, across(35, 48, 65, 62, second.light(0.05), second.dark(0.32)))
	seam(c, o, box(18, 53, 64, 0.3, 0), colour)
	c.fill(box(44, 80, 12, 7, 0.6), flat(second.dark(0.15), 0.9))
}

func socks(c *canvas, s Scene, colour, second rgb) {
	one := draw("M 40 20 L 57 20 C 58 42 58 58 59 70 C 62 78 72 84 80 90 C 87 96 84 106 74 107 C 62 108 50 102 44 93 C 40 86 41 54 40 20 Z")
	for i, o := range []path{one.moved(-20, -5).turned(-7, 40, 60), one.moved(4, 4).turned(5, 50, 60)} {
		garment(c, o, s, colour, second, nil)
		at := o.each(func(p point) point { return p })
		rib := func(x, _ float32) (rgb, float32) {
			return colour.dark(0.5), float32(math.Max(math.Sin(float64(x)*7), 0)) * 0.25
		}
		c.within(at, box(0, 0, 100, 30+9*float32(i), 0), flat(second.light(0.05), 0.75))
		c.within(at, box(0, 0, 100, 30+9*float32(i), 0), rib)
	}
}

func apron(c *canvas, s Scene, colour, second rgb) {
	neck := draw("M 38 30 C 34 6 66 6 62 30 L 59.5 30 C 62 11 38 11 40.5 30 Z")
	c.shadow(neck, 0.8, 1.2, 2, 0.25)
	c.fill(neck, flat(second.dark(0.2), 1))
	for _, tie := range []path{fold(72, 58, 84, 56, 88, 66, 94, 74, 2), fold(28, 58, 16, 56, 12, 66, 6, 76, 2)} {
		c.shadow(tie, 0.6, 0.9, 1.6, 0.25)
		c.fill(tie, flat(second.dark(0.2), 1))
	}
	o := symmetrical(`M 50 28 L 63 28 C 64 42 68 50 76 56 C 77 76 77 94 77 113 C 67 115 58 115 50 115`)
	garment(c, o, s, colour, second, []path{fold(70, 60, 72, 78, 70, 96, 72, 112, 2), fold(31, 60, 29, 78, 31, 96, 29, 112, 2), fold(46, 90, 47, 98, 45, 106, 46, 114, 1.4)})
	pocket := box(36, 68, 28, 19, 1.2)
	c.shadow(pocket, 0.3, 0.7, 1, 0.25)
	c.fill(pocket, across(36, 68, 64, 87, colour.light(0.16), colour.dark(0.06)))
	seam(c, pocket, box(49.8, 68, 0.4, 19, 0), colour)
	seam(c, o, box(36, 31, 28, 0.35, 0), colour)
}
