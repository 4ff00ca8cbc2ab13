@STK-11b @STK-12
Feature: Stock leaves with "shipped"
  Pieces are on the shelf until the parcel takes them, kept for the buyer who has paid.

  Background:
    Given the shop has 3 "Mug" at "12.00"
    And stock paid by "cheque" leaves "with shipped"
    And "zoe@example.com" has 2 "Mug" in the cart

  Scenario: Kept when paid and when ready, gone with the parcel
    When "zoe@example.com" orders and pays by "cheque"
    And the clerk records that "30.00" came
    And the clerk says it awaits shipment
    And 20 days pass
    Then "Mug" counts 3 on the shelf, 2 awaited by customers, 1 for others
    When the clerk ships it with "colissimo" as "6A123"
    Then the order is "shipped" and "paid"
    And "Mug" counts 1 on the shelf, 0 awaited by customers, 1 for others
    And no alert was raised

  Scenario: Cancelled before it is paid, when paid, and when ready
    When "zoe@example.com" orders and pays by "cheque"
    And the clerk records that "30.00" came
    And the clerk says it awaits shipment
    And the clerk cancels the order
    Then "Mug" counts 3 on the shelf, 0 awaited by customers, 3 for others

  Scenario: Cancelled after a first parcel, what the buyer has does not come back
    When "zoe@example.com" orders and pays by "cheque"
    And the clerk records that "30.00" came
    And the clerk sends 1 "Mug"
    Then "Mug" counts 1 on the shelf, 0 awaited by customers, 1 for others
    When the clerk cancels the order
    Then "Mug" counts 2 on the shelf, 0 awaited by customers, 2 for others

  Scenario: Two buyers and the last ones
    Given only 2 "Mug" is left
    And "ida@example.com" has 1 "Mug" in the cart
    When "zoe@example.com" orders and pays by "cheque"
    And "ida@example.com" orders and pays by "card"
    Then "ida@example.com" is told that it is sold out
