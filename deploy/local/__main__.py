"""`pairs` of a checkout: the operator's commands, and those of a region that runs on this machine."""

from deploy.local.control import processes_of
from deploy.local.servers import admin_urls_of
from deploy.local.team import add, list_teams, remove
from deploy.local.up import up
from shared.cli import pairs, team
from shared.cli.installation import look_for_servers_by
from shared.cli.processes import look_for_processes_by

pairs.app.command()(up)
team.app.command()(add)
team.app.command("list")(list_teams)
team.app.command()(remove)
look_for_servers_by(admin_urls_of)
look_for_processes_by(processes_of)

if __name__ == "__main__":
    pairs.main()
