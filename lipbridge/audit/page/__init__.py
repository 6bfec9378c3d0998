"""What an audit leaves behind: tables, plots, a page."""
