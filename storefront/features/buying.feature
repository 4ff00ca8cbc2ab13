@http
Feature: Buying without an account, without script
  A shopper reads the shop in his language, buys, and finds his order again by its link.

  Background:
    Given the shop "lune" sells "Tasse" at "24.00" and delivers for "4.95"

  Scenario: ORD-01 the language is switched and the cart stays
    Given a shopper with 2 "Tasse" in the cart
    When he reads the cart in German
    Then the page is in "de"
    And the cart holds 2 pieces

  Scenario: ORD-08 ORD-09 a guest orders by cheque in German
    Given a shopper with 2 "Tasse" in the cart
    And he reads the cart in German
    When he orders by "Chèque"
    Then his order is placed for "52,95 €"
    And he is told how to pay
    And anybody with the link sees the order

  Scenario: ORD-02 prices in another currency, charged in the shop's own
    Given the shop also shows "USD" at "1.10"
    And a shopper with 2 "Tasse" in the cart
    When he chooses the currency "USD"
    Then the total is "52,80"
    And he is told that "48,00 €" is charged

  Scenario: CART-03 somebody else was faster
    Given a shopper with 5 "Tasse" in the cart
    And only 3 "Tasse" are left
    When he looks at the cart
    Then the line is marked and he cannot go on
    When he takes what is left
    Then the cart holds 3 pieces
    And he can go on
