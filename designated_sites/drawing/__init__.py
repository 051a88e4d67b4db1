"""Pictures drawn from data: contour plates, zones to scale, the network map, locator maps.

Pure functions from numbers and words to SVG, standard library only, so that every result can be cached. Colours are
classes (static/css/parts/atlas.css and locator.css): a drawing follows the theme of the page it stands in. Words come in
translated. Nothing here knows a model; designated_sites/templatetags/drawings.py does.
"""
