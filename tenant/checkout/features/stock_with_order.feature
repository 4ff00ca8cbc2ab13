@STK-09 @STK-12
Feature: Stock leaves with the order
  The merchant chose for a payment mode that pieces leave as soon as the order is placed.

  Background:
    Given the shop has 2 "Mug" at "12.00"
    And stock paid by "cheque" leaves "with the order"
    And "zoe@example.com" has 1 "Mug" in the cart

  Scenario: The piece is gone when the order is there, and leaves once
    When "zoe@example.com" orders and pays by "cheque"
    Then "Mug" counts 1 on the shelf, 0 awaited by customers, 1 for others
    When the clerk records that "18.00" came
    And the clerk says it awaits shipment
    And the clerk ships it with "colissimo" as "6A123"
    Then "Mug" counts 1 on the shelf, 0 awaited by customers, 1 for others
    And no alert was raised

  Scenario: A cheque that never comes leaves the piece out until the merchant cancels, and once
    When "zoe@example.com" orders and pays by "cheque"
    And 20 days pass
    Then "Mug" counts 1 on the shelf, 0 awaited by customers, 1 for others
    When the clerk cancels the order
    Then "Mug" counts 2 on the shelf, 0 awaited by customers, 2 for others
    When the clerk cancels the order
    Then that is refused because "state.refused"
    And "Mug" counts 2 on the shelf, 0 awaited by customers, 2 for others

  Scenario: Two buyers and the last one
    Given only 1 "Mug" is left
    And "ida@example.com" has 1 "Mug" in the cart
    When "zoe@example.com" orders and pays by "cheque"
    And "ida@example.com" orders and pays by "cheque"
    Then "ida@example.com" is told that it is sold out
    And there is 1 order

  Scenario: From card to cheque, the piece leaves when the mode says so
    When "zoe@example.com" orders and pays by "card"
    Then "Mug" counts 2 on the shelf, 1 awaited by customers, 1 for others
    When the buyer pays again by "cheque"
    Then "Mug" counts 1 on the shelf, 0 awaited by customers, 1 for others
