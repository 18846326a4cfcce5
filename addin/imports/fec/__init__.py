"""The French accounting export (FEC): read, put into fiscal years, measured client by client."""
