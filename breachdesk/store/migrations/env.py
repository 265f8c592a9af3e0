"""Run the migrations on the connection that was handed in, inside the transaction it has begun."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
