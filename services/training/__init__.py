"""One team's training service: who works with babies in its place, what they learned, and until when that counts."""
