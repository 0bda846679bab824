"""The whole site: what each URL answers, where each link leads, and what is nearest to one that leads nowhere."""
