"""One team's consultation service: what others ask of the team about babies and the people who care for them."""
