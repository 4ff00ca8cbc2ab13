@http
Feature: Options that form variants and options that add to the price
  ART-08: the colour and the size of a T-shirt have a stock each, its print costs more.

  Background:
    Given the T-shirt costs "20.00" in Colour (yellow, red) and Size (S, L, XL, XXL)
    And its Print is plain or, for "3.00", a logo

  Scenario: ART-07 the price follows the choice without a script
    When a shopper looks at the T-shirt
    Then it costs "20,00 €"
    And the choice "logo" says "+ 3,00 €"
    When he chooses the colour "red", the size "xl" and the print "logo"
    Then it costs "23,00 €"
    And its number is "TSHIRT-red-xl"

  Scenario: ART-08 the same shirt with and without logo are two lines of one stock
    Given 3 red shirts in size XL are left
    When he puts 2 red XL with "logo" and 2 red XL with "" into the cart
    Then the cart shows "Couleur : Rouge, Taille : XL, Impression : Logo" at "23,00 €"
    And the cart shows "Couleur : Rouge, Taille : XL" at "20,00 €"
    And the line is marked and he cannot go on
    When he takes what is left
    Then he can go on

  Scenario: ART-08 the price of the order contains the print, and so does ordering again
    Given the shop delivers for "4.95"
    When he puts 1 red XL with "logo" and 0 red XL with "" into the cart
    And he orders by "Chèque"
    Then his order is placed for "27,95 €"
    And the order names "Impression : Logo"
    When he orders the same again
    Then the cart shows "Couleur : Rouge, Taille : XL, Impression : Logo" at "23,00 €"

  Scenario: ART-08 a print that is withdrawn is never sold as another shirt
    When he puts 1 red XL with "logo" and 0 red XL with "" into the cart
    And the merchant withdraws the print
    Then the cart says that the choice is no longer offered
    And he cannot go on

  Scenario: ART-09 several shirts at once from the table
    Given the T-shirt is ordered from a table
    When he types 2 yellow S, 1 red L and 4 red XXL
    Then the cart holds 7 pieces

  Scenario: ART-09 none of them when one cannot be had
    Given the T-shirt is ordered from a table
    And 3 red shirts in size XL are left
    When he types 2 yellow S, 9 red XL and "many" red L
    Then nothing is in the cart
    And the cell of red L says "Indiquez un nombre entier"
    When he corrects red L to 1
    Then nothing is in the cart
    And the cell of red XL says "Il n’en reste que 3."
    And what he typed is still there
