"""How the model file of the learned scorer is made. Nothing here is imported by the service."""
