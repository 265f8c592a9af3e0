"""The screens. Each asks the desk through `DeskScreen.ask`, and shows what comes back."""
