frame-skip = Ir al contenido principal
frame-nav = Principal
frame-menu = Menú
frame-sign-in = Entrar
frame-sign-out = Salir
frame-languages = Idiomas
frame-demo = Este es un municipio de demostración, donde es el { $date }. ¿Quién quiere ser?
frame-demo-label = Demostración
frame-open-heading = { $town } se gobierna a la vista de todos
frame-open-text = Cada decisión y cada aviso tiene aquí una página, un canal de noticias y un asiento en el registro público. El programa es libre y su código es público.
frame-help = Ayuda
frame-help-contact = Contacto y ayuda
frame-help-accessibility = Declaración de accesibilidad
frame-help-privacy = Sus datos y su privacidad
frame-help-retention = Lo que no se guarda para siempre
frame-openness = Abierto
frame-openness-record = Registro público
frame-openness-developers = API y descargas
frame-openness-source = Código fuente
frame-twins = Esta página como datos:
form-problems = { $count ->
    [one] Hay un problema
   *[other] Hay { $count } problemas
}
form-error = Error:
parts-home = Inicio
parts-crumbs = Dónde está
parts-pages = Páginas de esta lista
parts-first = Volver a la primera página
parts-next = Página siguiente
parts-none = Sin respuesta
parts-change = Cambiar
parts-internal = Interno: solo lo ve el personal
parts-official = Respuesta de la ciudad
