// Package still draws the pictures of the demo shops: quiet still lifes of clothes, stationery and
// books, flat shapes with soft light, made by the program itself, so that they belong to nobody and
// need no download.
//
// A picture is a function of its Scene: the same scene gives the same pixels on every machine. The
// shapes are paths in a space 100 wide and 125 high; light falls from the upper left.
//
// It knows no shop and no article.
package still
