"""What the product says: on the screen, in message boxes, as JSON, in the help of its commands."""
